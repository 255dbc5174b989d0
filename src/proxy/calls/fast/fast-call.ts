import type { Call } from '../../../core/policy/decide/call.js';
import type { Asked } from '../../../core/replies/refusal.js';
import type { FastRequest } from '../../../core/wire/fast/fast-request.js';
import { readMessage } from '../../../core/wire/message.js';
import { bufferOf } from '../../streams/bytes.js';
import { type CallContext, callOf } from '../call-bindings.js';
import type { CallRequest } from '../call-request.js';
import { type RequestReading, readRequest } from '../read-call.js';

const NONE: readonly Call[] = [];
const NOTHING = { inputResponses: undefined, requestState: undefined };
/** In place of a line that was given back: whoever reads it after all finds no request in it. */
const GONE = new Uint8Array(0);
/** With this in its `_meta` a request is of 2026-07-28 or later, and says there who asks. */
const MODERN = Buffer.from('io.modelcontextprotocol');

/**
 * A plain tools/call, of which only what is asked for is read: most calls are judged by their name and go. All that is rare
 * (a retry, a person, changed arguments) is read from the text, as for any other request.
 */
export class FastCall implements CallRequest {
  readonly method = 'tools/call';
  readonly kind = 'tool';
  readonly parts = NONE;
  readonly round = undefined;
  readonly answered = undefined;
  readonly unreached = undefined;
  readonly resumption = undefined;
  readonly carried = NOTHING;
  readonly name: string;
  readonly asked: Asked;
  readonly id: string | number;
  readonly #context: CallContext;
  readonly #argumentsAt: readonly [number, number];
  readonly #hasMeta: boolean;
  #isLent: boolean;
  #call: Call | undefined;
  #argumentsText: string | undefined;
  #reading: RequestReading | undefined;

  /**
   * @param line with its line end; copied where it lives only as long as its chunk
   * @param request where its parts are
   * @param isLent the memory of the line is its own: `lentLine` gives it back
   */
  constructor(
    public line: Uint8Array,
    request: FastRequest,
    context: CallContext,
    isLent = false,
  ) {
    this.#isLent = isLent;
    // From the pool of Node: an array of its own takes four times as long.
    const bytes = isLent ? bufferOf(line) : Buffer.from(line);
    const idText = bytes.toString('latin1', request.idStart, request.idEnd);
    this.line = bytes;
    this.id = request.id ?? idText.slice(1, -1);
    this.name = bytes.toString('latin1', request.nameStart, request.nameEnd);
    this.asked = { idText, kind: 'tool', name: this.name, modern: false, task: false };
    this.#context = context;
    this.#argumentsAt = [request.argumentsStart, request.argumentsEnd];
    this.#hasMeta = request.metaEnd > 0;
  }

  get calls(): number {
    return this.#context.calls;
  }

  get client(): CallContext['client'] {
    return this.#context.client;
  }

  get argumentsText(): string {
    const [start, end] = this.#argumentsAt;
    this.#argumentsText ??= end === 0 ? '{}' : bufferOf(this.line).toString('utf8', start, end);
    return this.#argumentsText;
  }

  get argumentsBytes(): Uint8Array | undefined {
    const [start, end] = this.#argumentsAt;
    return end === 0 ? undefined : this.line.subarray(start, end);
  }

  get isLent(): boolean {
    return this.#isLent;
  }

  lentLine(): Uint8Array | undefined {
    if (!this.#isLent) return undefined;
    const { line } = this;
    this.#isLent = false;
    this.line = GONE;
    return line;
  }

  get call(): Call {
    this.#call ??= callOf('tool', this.name, this, this.#context);
    return this.#call;
  }

  otherParams(of: { callIds: boolean }): string | undefined {
    return this.#hasMeta ? this.#read().otherParams(of) : undefined;
  }

  digest(): string {
    return this.#read().digest();
  }

  exactDigest(): string {
    return this.#read().exactDigest();
  }

  progressToken(): string | undefined {
    return this.#hasMeta ? this.#read().progressToken() : undefined;
  }

  elicits(): boolean {
    return false;
  }

  #read(): RequestReading {
    this.#reading ??= readWhole(bufferOf(this.line).toString('utf8').trimEnd());
    return this.#reading;
  }
}

/** Whether the request says in its `_meta` what only the reader of texts understands. */
export function isModernFast(line: Uint8Array, { metaStart, metaEnd }: FastRequest): boolean {
  return metaEnd > 0 && bufferOf(line.subarray(metaStart, metaEnd)).includes(MODERN);
}

function readWhole(text: string): RequestReading {
  const message = readMessage(text);
  const reading = message.kind === 'request' ? readRequest(text, message) : undefined;
  if (reading === undefined) throw new Error('a call was read that cannot be read');
  return reading;
}
