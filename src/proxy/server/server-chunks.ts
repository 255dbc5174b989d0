import { AnswerScan, OPEN } from '../../core/wire/fast/answer-scan.js';
import { ObjectSkipper } from '../../core/wire/fast/skip-object.js';
import { type LineSplitter, wholeLine } from '../../core/wire/line-splitter.js';
import type { ByteSource } from '../streams/reading/byte-source.js';
import type { ServerLines } from './server-lines.js';
import { StreamedAnswer, type StreamedAnswerDeps } from './streamed-answer.js';

const LINE_FEED = 0x0a;
/** A line of which no more has come is read again with what follows: short answers do not go on before they have ended. Bytes. */
const SHORT = 4 * 1024;

export interface ServerChunksDeps extends Omit<StreamedAnswerDeps, 'scan'> {
  splitter: LineSplitter;
  lines: ServerLines;
  /** Where the chunks come from. */
  source: Pick<ByteSource, 'readInto'>;
  /** A line is longer than is kept. */
  tooLong(): void;
}

/**
 * Cuts what the server writes into lines. Plain answers are read where they lie, in the pass that finds their end, and long
 * ones go on before they have ended; everything else is a line of the splitter.
 */
export class ServerChunks {
  /** Undefined until the first line has come, and where there is no WebAssembly. */
  #scan: AnswerScan | undefined;
  #streamed: StreamedAnswer | undefined;
  /** Whether the first line has come; `due`: and nothing has been made of that yet. */
  #begun: 'no' | 'due' | 'yes' = 'no';

  constructor(private readonly deps: ServerChunksDeps) {}

  push(chunk: Buffer): void {
    if (this.#begun === 'due') this.#begin();
    const { splitter } = this.deps;
    if (this.#scan === undefined || this.#streamed === undefined) return this.#split(chunk);
    let bytes = chunk;
    let at = 0;
    if (this.#streamed.isOpen) at = this.#streamed.goOn(chunk);
    else if (splitter.unfinishedBytes > SHORT) at = this.#endStored(chunk);
    else if (splitter.unfinishedBytes > 0) bytes = Buffer.concat([splitter.takeUnfinished(), chunk]);
    while (at < bytes.length) at = this.#line(this.#scan, this.#streamed, bytes, at);
  }

  /** To be called every second: an answer that does not go on must not keep lines of ours for ever. */
  look(isRead: boolean): void {
    this.#streamed?.look(isRead);
  }

  /** Nothing more will come. */
  end(): void {
    this.#streamed?.end();
    const last = this.deps.splitter.end();
    if (last) this.deps.lines.receive(wholeLine(Buffer.concat([last.bytes, Buffer.from('\n')])));
  }

  /** @returns the place after what was read */
  #line(scan: AnswerScan, streamed: StreamedAnswer, bytes: Buffer, start: number): number {
    const end = scan.read(bytes, start);
    if (end >= 0) {
      this.deps.lines.answered(scan, bytes.subarray(start, end));
      return end;
    }
    const rest = bytes.subarray(start);
    if (end === OPEN && rest.length > SHORT && streamed.begin(rest)) return bytes.length;
    const lineFeed = end === OPEN ? -1 : rest.indexOf(LINE_FEED);
    this.#split(lineFeed < 0 ? rest : rest.subarray(0, lineFeed + 1));
    return lineFeed < 0 ? bytes.length : start + lineFeed + 1;
  }

  #endStored(chunk: Buffer): number {
    const lineFeed = chunk.indexOf(LINE_FEED);
    if (lineFeed < 0) this.#split(chunk);
    else this.#split(chunk.subarray(0, lineFeed + 1));
    return lineFeed < 0 ? chunk.length : lineFeed + 1;
  }

  #split(bytes: Buffer): void {
    for (const line of this.deps.splitter.push(bytes)) {
      if (line.tooLong) this.deps.tooLong();
      else this.deps.lines.receive(line);
      // The splitter knows what may be before the first line.
      if (this.#begun === 'no') this.#beginLater();
    }
  }

  /** To compile code takes 0.6 ms, and the answers of this chunk leave together, after all else that is done with it. */
  #beginLater(): void {
    this.#begun = 'due';
    setImmediate(() => {
      if (this.#begun === 'due') this.#begin();
    });
  }

  #begin(): void {
    this.#begun = 'yes';
    const skipper = ObjectSkipper.create();
    if (skipper === undefined) return;
    this.deps.source.readInto(skipper.place);
    this.#scan = new AnswerScan(skipper);
    this.#streamed = new StreamedAnswer({ ...this.deps, scan: this.#scan });
  }
}
