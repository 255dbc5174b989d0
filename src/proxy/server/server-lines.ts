import { serverRefusalReply } from '../../core/replies/refusal.js';
import { BATCH_VERSION, batchOf, looksLikeBatch } from '../../core/wire/batch.js';
import type { AnswerScan } from '../../core/wire/fast/answer-scan.js';
import { readFastAnswer } from '../../core/wire/fast/fast-answer.js';
import type { Line } from '../../core/wire/line-splitter.js';
import { NOISE, type ServerLine, skimEnvelope } from '../../core/wire/server-envelope.js';
import { finish, type PendingRequest } from '../calls/pending-requests.js';
import type { OddLines } from '../peers/odd-lines.js';
import { bufferOf, decoded, idOf, withoutLineEnd } from '../streams/bytes.js';
import type { LineWriter } from '../streams/line-writer.js';
import { AnswerReader, type AnswerReaderDeps } from './answer-reader.js';
import { askOfTask } from './ask-of-task.js';
import { judgesServerRequests, refusedNotification, refusedRequest } from './server-requests.js';

/** What lines of the server meet. */
export interface ServerLinesDeps extends AnswerReaderDeps {
  toClient: LineWriter;
  toServer: LineWriter;
  serverRequests: Set<string | number>;
  oddLines: OddLines;
}

type Response = Extract<ServerLine, { kind: 'response' }>;

const CARRIAGE_RETURN = 0x0d;
const NOTHING = Buffer.alloc(0);
const MOST_REQUESTS = 10_000;
/** Shorter ones are read faster than they are compared with what is remembered. Bytes. */
const LONG_LIST = 64 * 1024;

/** Reads the server's lines. What is JSON-RPC passes as it came, except what the policy takes out; the rest is shown to people. */
export class ServerLines {
  readonly #answers: AnswerReader;

  constructor(private readonly deps: ServerLinesDeps) {
    this.#answers = new AnswerReader(deps);
  }

  receive({ bytes: line, content }: Line): void {
    const again = line.length >= LONG_LIST ? this.#listAgain(line) : undefined;
    if (again) return this.#answered(idOf(again.idText), again, NOTHING, line);
    const bytes = bufferOf(content);
    const isOneLine = !bytes.includes(CARRIAGE_RETURN);
    const answer = isOneLine ? readFastAnswer(bytes) : undefined;
    if (answer !== undefined) return this.#answered(answer.id, answer, bytes, line);
    // A byte string: cheaper than decoding, and the envelope is ASCII.
    const text = bytes.toString('latin1');
    if (this.deps.clientState.protocolVersion === BATCH_VERSION && looksLikeBatch(text)) this.#batch(line);
    else this.#message(text, bytes, line);
  }

  /** A plain answer that was read where it lies, in a chunk. */
  answered({ id, isError, mayBeTask }: AnswerScan, line: Buffer): void {
    const { pending, replies, oddLines } = this.deps;
    const request = pending.takeAnswered(id as string | number);
    if (request === undefined) return oddLines.addAnswer(Buffer.from(JSON.stringify(id)));
    const isLookedInto = !request.isPlain || request.closed || mayBeTask || judgesServerRequests(this.deps);
    if (isLookedInto) return this.#end(request, false, bufferOf(withoutLineEnd(line)), line);
    replies.pass(request, line);
    finish(request, isError ? 'tool_error' : 'completed');
  }

  /** What a list of tools is that only differs by its id from the latest: comparing takes a fortieth of reading. */
  #listAgain(line: Uint8Array): Response | undefined {
    const { toolLists, pending } = this.deps;
    const idText = toolLists.idOfLatest(line);
    const id = idText === undefined ? undefined : idOf(idText);
    const request = id === undefined ? undefined : pending.get(id);
    // Of all other requests the answer is looked into.
    if (idText === undefined || request?.method !== 'tools/list' || request.judged) return undefined;
    return { kind: 'response', idText, failed: false };
  }

  /** The client gets each message of a batch as a line of its own. */
  #batch(line: Uint8Array): void {
    const messages = batchOf(decoded(line).trimEnd(), { doubtful: true });
    if ('flaw' in messages) return this.#noise(line);
    for (const message of messages) {
      const bytes = Buffer.from(`${message}\n`);
      const content = bytes.subarray(0, -1);
      this.#message(content.toString('latin1'), content, bytes);
    }
  }

  #message(text: string, content: Buffer, line: Uint8Array): void {
    // A carriage return within a line ends it for some readers, so they would see other messages than we do.
    const message = text.includes('\r') ? NOISE : skimEnvelope(text);
    switch (message.kind) {
      case 'noise':
        return text.trim() === '' ? undefined : this.#noise(line);
      case 'request':
        return this.#request(message, line);
      case 'notification':
        return this.#notification(message, line);
      case 'response':
        return this.#answered(idOf(message.idText), message, content, line);
    }
  }

  #noise(line: Uint8Array): void {
    this.deps.oddLines.add(withoutLineEnd(line));
  }

  #notification({ method }: Extract<ServerLine, { kind: 'notification' }>, line: Uint8Array): void {
    const refused = judgesServerRequests(this.deps)
      ? refusedNotification(method, decoded(line).trimEnd(), this.deps)
      : undefined;
    if (method.startsWith('notifications/tasks')) this.#answers.noteTask(method, line);
    if (refused) return this.deps.trail.refusedAsk(refused.method, refused.ruling);
    this.deps.toClient.write(line);
  }

  #request({ idText, method }: Extract<ServerLine, { kind: 'request' }>, line: Uint8Array): void {
    const refused = judgesServerRequests(this.deps)
      ? refusedRequest(method, decoded(line).trimEnd(), this.deps)
      : undefined;
    if (refused === undefined) {
      this.#expect(idOf(idText));
      return this.deps.toClient.write(line);
    }
    const id = Buffer.from(idText, 'latin1').toString('utf8');
    this.deps.toServer.writeLine(serverRefusalReply(id, method, refused));
    this.deps.trail.refusedAsk(method, refused);
  }

  #answered(
    id: string | number | undefined,
    { idText, failed }: Pick<Response, 'idText' | 'failed'>,
    content: Buffer,
    line: Uint8Array,
  ): void {
    const request = id === undefined ? undefined : this.deps.pending.takeAnswered(id);
    if (request === undefined) this.deps.oddLines.addAnswer(Buffer.from(idText, 'latin1'));
    else this.#end(request, failed, content, line);
  }

  #end(request: PendingRequest, failed: boolean, content: Buffer, line: Uint8Array): void {
    if (request.closed === 'ours') return this.#answers.noteTask(request.method, line);
    const ending =
      request.closed === 'timed_out'
        ? this.#answers.drop(request, failed, content)
        : this.#answers.pass(request, failed, content, line);
    // The log is written when the client already has its answer.
    finish(request, ending);
    if (failed && request.resultOf !== undefined) askOfTask(request.resultOf, this.deps);
  }

  /** A client that never answers must not make the list of what it owes grow without end. */
  #expect(id: string | number | undefined): void {
    const { serverRequests } = this.deps;
    if (id === undefined) return;
    const [oldest] = serverRequests;
    if (oldest !== undefined && serverRequests.size >= MOST_REQUESTS) serverRequests.delete(oldest);
    serverRequests.add(id);
  }
}
