import { Writable } from 'node:stream';
import { LineSplitter } from '../../../src/core/wire/line-splitter.js';
import type { PendingRequest } from '../../../src/proxy/calls/pending-requests.js';
import { PendingRequests } from '../../../src/proxy/calls/pending-requests.js';
import { ServerChunks, type ServerChunksDeps } from '../../../src/proxy/server/server-chunks.js';
import { LineWriter } from '../../../src/proxy/streams/line-writer.js';
import { ReplyWriter } from '../../../src/proxy/streams/reply-writer.js';

const FIRST = '{"jsonrpc":"2.0","method":"first"}\n';
/** Longer than what waits for its end. Bytes. */
export const LONG = 20_000;
const nothing = () => {};

export interface Given {
  version?: string;
  judges?: boolean;
  longest?: number;
}

/** A server's side whose client is a string. */
export class Side {
  readonly pending = new PendingRequests();
  readonly endings: string[] = [];
  readonly told: string[] = [];
  readonly odd: string[] = [];
  readonly toClient: LineWriter;
  readonly replies: ReplyWriter;
  readonly chunks: ServerChunks;
  tooLong = 0;
  #written: Buffer[] = [];

  constructor({ version = '2025-11-25', judges = false, longest = 1e9 }: Given = {}) {
    const write = (chunk: Buffer, _: unknown, done: () => void) => {
      this.#written.push(Buffer.from(chunk));
      done();
    };
    this.toClient = new LineWriter(new Writable({ write, highWaterMark: 1e9 }), nothing, nothing);
    this.replies = new ReplyWriter(this.toClient);
    const deps = {
      clientState: { protocolVersion: version },
      livePolicy: { policy: { layers: [{ judgesMethods: judges }] } },
      pending: this.pending,
      replies: this.replies,
      toClient: this.toClient,
      oddLines: { addAnswer: (id: Uint8Array) => void this.odd.push(Buffer.from(id).toString()) },
      tell: (note: string) => void this.told.push(note),
      splitter: new LineSplitter(1e9),
      lines: {
        receive: ({ bytes }: { bytes: Uint8Array }) => this.toClient.write(bytes),
        answered: ({ id }: { id: number }, line: Uint8Array) => {
          this.toClient.write(line);
          this.pending.takeAnswered(id)?.follower?.ended('completed');
        },
      },
      source: { readInto: nothing },
      longest,
      tooLong: () => void this.tooLong++,
    };
    this.chunks = new ServerChunks(deps as unknown as ServerChunksDeps);
    this.chunks.push(Buffer.from(FIRST));
    this.#written = [];
  }

  ask(id: number | string, more: Partial<PendingRequest> = {}): void {
    const follower = { ended: (ending: string) => void this.endings.push(`${id} ${ending}`) };
    this.pending.add(id, {
      idText: JSON.stringify(id),
      method: 'tools/call',
      isPlain: true,
      follower,
      ...more,
    });
  }

  /** Writes as the server, in chunks that end at these places; the memory of each is used again. */
  says(bytes: Buffer | string, cuts: readonly number[] = []): void {
    const all = Buffer.from(bytes);
    let from = 0;
    for (const end of [...cuts, all.length].sort((one, other) => one - other)) {
      const chunk = Buffer.from(all.subarray(from, end));
      if (chunk.length > 0) this.chunks.push(chunk);
      chunk.fill('#');
      from = Math.max(from, end);
    }
  }

  get written(): string {
    return Buffer.concat(this.#written).toString();
  }
}

const text = (length: number) => 'é \\" \\\\ {"'.replace('{"', '}').repeat(Math.ceil(length / 11));
const result = (length: number, more = '') => `{"content":[{"type":"text","text":"${text(length)}"}]${more}}`;
/** An answer as Python writes it. */
export const first = (id: number | string, length = LONG, more = '') =>
  `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result(length, more)}}\n`;
/** An answer as the SDK for TypeScript writes it. */
export const last = (id: number | string, length = LONG, more = '') =>
  `{"result":${result(length, more)},"jsonrpc":"2.0","id":${JSON.stringify(id)}}\n`;

/** The message that a line is; nothing where it is not JSON. */
export function message(line: string): unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
