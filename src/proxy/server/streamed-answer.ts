import { errorReply } from '../../core/replies/refusal.js';
import { BATCH_VERSION } from '../../core/wire/batch.js';
import type { AnswerScan } from '../../core/wire/fast/answer-scan.js';
import { skimEnvelope } from '../../core/wire/server-envelope.js';
import { finish, type PendingRequest, type PendingRequests } from '../calls/pending-requests.js';
import type { OddLines } from '../peers/odd-lines.js';
import { idOf } from '../streams/bytes.js';
import type { LineWriter } from '../streams/line-writer.js';
import type { ReplyWriter } from '../streams/reply-writer.js';
import { judgesServerRequests, type ServerRequestsDeps } from './server-requests.js';

const LINE_FEED = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);
/** In the place of a result whose bytes have gone on. */
const SOME_RESULT = '{"a":0}';
/** More than this before or after its result is rare, and is kept. Bytes. */
const LONGEST_HEAD = 512;
const LONGEST_TAIL = 64 * 1024;
/** An answer that others wait for goes on with at least so much from one look to the next, or is cut at the last of these. Bytes. */
const SLOWEST = 4 * 1024;
const SLOW_LOOKS = 4;
/** However fast it goes on: nobody waits longer for the end of a line. Looks. */
const MOST_LOOKS = 60;

const BROKEN = 'was not one message';
const STALLED = 'did not go on';

/** What long answers meet. */
export interface StreamedAnswerDeps extends ServerRequestsDeps {
  scan: AnswerScan;
  pending: PendingRequests;
  replies: ReplyWriter;
  toClient: LineWriter;
  oddLines: OddLines;
  /** Called when a line has more than `longest` bytes. */
  tooLong(): void;
  longest: number;
  /** Tells a person something, on stderr. */
  tell(note: string): void;
}

/**
 * An answer that goes on to the client chunk by chunk, before it has ended: 1 MB takes a third of the time so, and no memory.
 * Only one in whose result nothing is looked for. What comes after the result is held back until it is whole, since it may say
 * which request is answered. A line that turns out to be no such answer is cut there: the client gets a line that is no JSON,
 * and an error in place of the answer.
 */
export class StreamedAnswer {
  /** `unknown`: it was cut, and has not said yet which request it answers. `dropped`: nothing of it counts any more. */
  #state: 'none' | 'open' | 'unknown' | 'dropped' = 'none';
  /** What came before the result, with its key. */
  #head = NOTHING;
  /** What has come after the result; undefined within it. */
  #tail: Buffer | undefined;
  #bytes = 0;
  #bytesBefore = 0;
  #slowLooks = 0;
  /** How often lines of ours have been found waiting for its end. */
  #looks = 0;

  constructor(private readonly deps: StreamedAnswerDeps) {}

  get isOpen(): boolean {
    return this.#state !== 'none';
  }

  /** Passes on what has come of an answer whose result is open, if nobody looks into that. */
  begin(part: Buffer): boolean {
    const { scan, toClient } = this.deps;
    if (scan.headBytes > LONGEST_HEAD || !this.#mayPass()) return false;
    this.#state = 'open';
    this.#head = Buffer.from(part.subarray(0, scan.headBytes));
    this.#tail = undefined;
    this.#bytes = part.length;
    this.#bytesBefore = 0;
    this.#slowLooks = 0;
    this.#looks = 0;
    toClient.writePart(part);
    return true;
  }

  /** Goes on with another chunk. @returns the place after the line, or the end of the chunk */
  goOn(chunk: Buffer): number {
    this.#count(chunk.length);
    if (this.#state === 'dropped') return this.#drop(chunk, 0);
    if (this.#tail !== undefined) return this.#goOnInTail(this.#tail, chunk);
    const { scan } = this.deps;
    const at = scan.goOn(chunk);
    if (!scan.isOpen) return this.#readTail(chunk, at);
    if (at < chunk.length) return this.#break(chunk, at);
    this.#pass(chunk);
    return at;
  }

  /** To be called every second. @param isRead whether the client takes what is written */
  look(isRead: boolean): void {
    const { toClient } = this.deps;
    const isSlow = this.#bytes - this.#bytesBefore < SLOWEST;
    const isWaitedFor = this.#state === 'open' && isRead && toClient.isHolding;
    this.#bytesBefore = this.#bytes;
    this.#slowLooks = isSlow && isWaitedFor ? this.#slowLooks + 1 : 0;
    if (isWaitedFor) this.#looks++;
    if (this.#slowLooks < SLOW_LOOKS && this.#looks < MOST_LOOKS) return;
    toClient.endLine(LINE_FEED);
    this.#state = 'unknown';
    if (this.deps.scan.id !== undefined) this.#fail(this.deps.scan.id, STALLED);
  }

  /** Nothing more will come. Whom it was to answer is still owed an answer. */
  end(): void {
    if (this.#tail !== undefined) this.goOn(LINE_FEED);
    else if (this.#state === 'open') this.deps.toClient.endLine(LINE_FEED);
    this.#state = 'none';
  }

  #mayPass(): boolean {
    const { scan, pending, replies, clientState } = this.deps;
    if (clientState.protocolVersion === BATCH_VERSION || replies.owesAny) return false;
    if (scan.mayBeTask || judgesServerRequests(this.deps)) return false;
    return scan.id === undefined ? pending.areAllPlain() : pending.find(scan.id)?.isPlain === true;
  }

  #count(bytes: number): void {
    const { longest, tooLong } = this.deps;
    const wasTooLong = this.#bytes > longest;
    this.#bytes += bytes;
    if (this.#bytes > longest && !wasTooLong) tooLong();
  }

  #pass(part: Buffer): void {
    if (this.#state === 'open' && part.length > 0) this.deps.toClient.writePart(part);
  }

  #goOnInTail(tail: Buffer, chunk: Buffer): number {
    const lineFeed = chunk.indexOf(LINE_FEED);
    const end = lineFeed < 0 ? chunk.length : lineFeed + 1;
    this.#readTail(Buffer.concat([tail, chunk.subarray(0, end)]), 0);
    return end;
  }

  /** @param start the place after the result. @returns the place after the line, or the end of the bytes */
  #readTail(bytes: Buffer, start: number): number {
    const lineFeed = bytes.indexOf(LINE_FEED, start);
    const end = lineFeed < 0 ? bytes.length : lineFeed;
    if (end - start > LONGEST_TAIL) return this.#break(bytes, start);
    if (lineFeed < 0) {
      this.#pass(bytes.subarray(0, start));
      this.#tail = Buffer.from(bytes.subarray(start));
      return end;
    }
    const id = this.#idIn(bytes, start, lineFeed);
    const isPassed = this.#state === 'open' && id !== undefined && this.deps.pending.find(id)?.isPlain;
    if (!isPassed) return this.#break(bytes, start, id);
    this.#finish(id, bytes.subarray(0, lineFeed + 1));
    return lineFeed + 1;
  }

  /** Which request it answers, if it is an answer as other lines are. */
  #idIn(bytes: Buffer, start: number, lineFeed: number): string | number | undefined {
    const { scan } = this.deps;
    if (scan.readTail(bytes, start) === lineFeed + 1) return scan.id;
    const tail = bytes.toString('latin1', start, lineFeed).replace(/\r$/, '');
    const text = `${this.#head.toString('latin1')}${SOME_RESULT}${tail}`;
    const message = skimEnvelope(text);
    const isAnswer = message.kind === 'response' && !message.failed && !text.includes('\r');
    return isAnswer ? idOf(message.idText) : undefined;
  }

  #finish(id: string | number, last: Buffer): void {
    const { pending, toClient, scan } = this.deps;
    this.#state = 'none';
    this.#tail = undefined;
    toClient.endLine(last);
    const request = pending.takeAnswered(id) as PendingRequest;
    // The log is written when the client already has its answer.
    finish(request, scan.isError ? 'tool_error' : 'completed');
  }

  /** The line is no answer that may pass. @returns the place after it, or the end of the bytes */
  #break(bytes: Buffer, at: number, id = this.deps.scan.id): number {
    const why = this.#state === 'open' ? BROKEN : STALLED;
    if (this.#state === 'open') {
      this.#pass(bytes.subarray(0, at));
      this.deps.toClient.endLine(LINE_FEED);
    }
    this.#fail(id, why);
    return this.#drop(bytes, at);
  }

  #drop(bytes: Buffer, from: number): number {
    const lineFeed = bytes.indexOf(LINE_FEED, from);
    if (lineFeed < 0) return bytes.length;
    this.#state = 'none';
    return lineFeed + 1;
  }

  /** Answers in the place of the server, as far as it is known whom. */
  #fail(id: string | number | undefined, why: string): void {
    const { pending, replies, oddLines, tell } = this.deps;
    this.#state = 'dropped';
    this.#tail = undefined;
    const request = id === undefined ? undefined : pending.takeAnswered(id);
    if (id !== undefined && request === undefined) return oddLines.addAnswer(Buffer.from(JSON.stringify(id)));
    tell(`an answer of the server ${why}, so the rest of it was dropped`);
    if (request === undefined) return;
    const { idText, closed } = request;
    if (!closed) replies.answer(idText, errorReply(idText, -32603, `The server's answer ${why}.`));
    finish(request, 'unanswered');
  }
}
