import { Appender } from './appender.js';
import { dailyFile } from './daily-file.js';

/** While the file cannot be written, this much waits in memory for it; what comes after is lost, and counted. Characters. */
const MOST_WAITING = 1024 * 1024;

/** Lines of this time (milliseconds) or this size (characters) are written together: a line alone costs more than the call that it is about. */
const GATHERING = 10;
const MOST_GATHERED = 65_536;

export interface AuditLogOptions {
  /** Here a file for each server and UTC day is kept. `file` goes before it. */
  folder?: string | undefined;
  /** One file, which never rolls over. */
  file?: string | undefined;
  server: string;
  /** Called once when writing starts to fail, and again only if it has worked in between. */
  onBroken(error: Error): void;
}

export interface AuditLog {
  /** Keeps a line (without its end) for a moment, and writes it together with others. */
  write(line: string): void;
  /** Writes what waits and then this line. True when the operating system has it: it survives this process. Else it is dropped. */
  writeNow(line: string): boolean;
  flush(): void;
  /** Writes what waits and lets go of the file. A later write opens it again. */
  close(): void;
  /** The last attempt to write has failed. Each write tries again. */
  readonly broken: boolean;
  /** The file that a line goes to now. */
  readonly path: string;
}

/** Nothing is opened yet: the file is made with the first line. Nothing here throws; failures are told to `onBroken`. */
export function openAuditLog(options: AuditLogOptions): AuditLog {
  return new BufferedLog(options);
}

class BufferedLog implements AuditLog {
  readonly #options: AuditLogOptions;
  readonly #appender = new Appender();
  #waiting: string[] = [];
  #size = 0;
  #lost = 0;
  #broken = false;
  #scheduled: NodeJS.Timeout | undefined;

  constructor(options: AuditLogOptions) {
    this.#options = options;
  }

  get broken(): boolean {
    return this.#broken;
  }

  get path(): string {
    const { file, folder = '.', server } = this.#options;
    return file ?? dailyFile(folder, server, new Date());
  }

  write(line: string): void {
    if (this.#broken && this.#size + line.length > MOST_WAITING) this.#lost++;
    else {
      this.#waiting.push(line);
      this.#size += line.length;
    }
    if (this.#size > MOST_GATHERED && !this.#broken) this.flush();
    else this.#scheduled ??= setTimeout(() => this.flush(), GATHERING);
  }

  writeNow(line: string): boolean {
    this.flush();
    return this.#waiting.length === 0 && this.#append([line]) === 1;
  }

  flush(): void {
    clearTimeout(this.#scheduled);
    this.#scheduled = undefined;
    if (this.#waiting.length > 0) {
      this.#waiting = this.#waiting.slice(this.#append(this.#waiting));
      this.#size = this.#waiting.reduce((size, { length }) => size + length, 0);
    }
    if (this.#lost > 0 && !this.#broken) this.#reportLoss();
  }

  close(): void {
    this.flush();
    this.#appender.close();
  }

  /** A log that can be trusted says where it has a gap. */
  #reportLoss(): void {
    const { server } = this.#options;
    const gap = { time: new Date().toISOString(), server, kind: 'gap', lost: this.#lost };
    if (this.#append([JSON.stringify(gap)]) === 1) this.#lost = 0;
  }

  #append(lines: readonly string[]): number {
    const { written, error } = this.#appender.append(this.path, lines);
    const wasBroken = this.#broken;
    this.#broken = error !== undefined;
    if (error && !wasBroken) this.#options.onBroken(error);
    return written;
  }
}
