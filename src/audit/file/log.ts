import { Appender } from './appender.js';
import { dailyFile } from './daily-file.js';
import { type PendingLine, WaitingLines } from './waiting-lines.js';

/** While the file cannot be written, this much waits in memory for it; what comes after is lost, and counted. Bytes, about. */
const MOST_WAITING = 1024 * 1024;

/**
 * What comes within this time (milliseconds) is written together: a line alone costs more than the call that it is about.
 * Until then calls are only noted, and their lines are made when it is over.
 */
const GATHERING = 8;
/** Earlier where more than this is kept; where it is a megabyte, all is written at once. Bytes, about. */
const MUCH_GATHERED = 256 * 1024;
const MOST_GATHERED = 1024 * 1024;
/**
 * Lines are made for so long before the next call has its turn, and then all that are left. One call in some hundred waits for
 * that; in many short turns, one in twenty waited for a part of it. Milliseconds.
 */
const TURN = 2;
const ALL_TURNS = 2;

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
  write(line: string | PendingLine): void;
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
  readonly #waiting = new WaitingLines();
  #lost = 0;
  #broken = false;
  #timer: NodeJS.Timeout | undefined;
  #nextTurn: NodeJS.Immediate | undefined;
  /** When all lines have to be made, once that has begun. Milliseconds of the monotonic clock. */
  #deadline: number | undefined;

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

  write(line: string | PendingLine): void {
    const pending = typeof line === 'string' ? { size: line.length, line: () => line } : line;
    const waiting = this.#waiting;
    if (this.#broken && waiting.size + pending.size > MOST_WAITING) this.#lost++;
    else waiting.add(pending);
    this.#timer ??= setTimeout(() => this.#makeSome(), GATHERING);
    if (this.#broken || waiting.size <= MUCH_GATHERED) return;
    if (waiting.size > MOST_GATHERED) this.flush();
    else this.#nextTurn ??= setImmediate(() => this.#makeSome());
  }

  writeNow(line: string): boolean {
    this.flush();
    return this.#waiting.isEmpty && this.#appendLine(line);
  }

  flush(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#nextTurn);
    this.#timer = undefined;
    this.#nextTurn = undefined;
    this.#deadline = undefined;
    if (!this.#waiting.isEmpty) {
      const lines = this.#waiting.all();
      if (lines.length > 0) this.#waiting.drop(this.#append(lines));
    }
    this.#lost += this.#waiting.takeFailed();
    if (this.#lost > 0 && !this.#broken) this.#reportLoss();
  }

  close(): void {
    this.flush();
    this.#appender.close();
  }

  /** Makes lines between calls, and writes them when all are made. */
  #makeSome(): void {
    // One that has fired is no longer waited for, whatever happens below.
    this.#timer = undefined;
    this.#nextTurn = undefined;
    const now = performance.now();
    this.#deadline ??= now + ALL_TURNS;
    const isLeft = now < this.#deadline && this.#waiting.make(now + TURN);
    if (!isLeft) return this.flush();
    this.#nextTurn = setImmediate(() => this.#makeSome());
  }

  /** A log that can be trusted says where it has a gap. */
  #reportLoss(): void {
    const { server } = this.#options;
    const gap = { time: new Date().toISOString(), server, kind: 'gap', lost: this.#lost };
    if (this.#appendLine(JSON.stringify(gap))) this.#lost = 0;
  }

  #appendLine(line: string): boolean {
    const bytes = Buffer.from(`${line}\n`);
    return this.#append(bytes) === bytes.length;
  }

  #append(lines: Uint8Array): number {
    const { written, error } = this.#appender.append(this.path, lines);
    const wasBroken = this.#broken;
    this.#broken = error !== undefined;
    if (error && !wasBroken) this.#options.onBroken(error);
    return written;
  }
}
