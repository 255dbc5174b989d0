import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { Readable } from 'node:stream';
import { bufferOf } from '../bytes.js';
import type { LineWriter } from '../line-writer.js';

/** What one read takes at most: as much as Node takes by itself. Bytes. */
const MOST_READ = 64 * 1024;

/** Where what is read is written to. */
type Target = Pick<LineWriter, 'together' | 'sharesMemory'>;

/**
 * Bytes that come in, chunk by chunk. Where it can be had, all chunks come in the same memory: Node makes 64 kB for each read
 * otherwise, and frees them late. A bare relay that reads so passes 1 MB on in half of the time (Node 20).
 */
export class ByteSource {
  /** Its `end`, `close` and `error` tell of the end; nothing is read from it but by us. */
  readonly stream: Readable;
  #target: Target | undefined;
  #take: (chunk: Buffer) => void = () => {};
  #onFirst: (() => void)[] = [];
  #memory: Buffer<ArrayBufferLike> | undefined;
  /** Is read into while a part of the other waits to be written. What is written behind that is copied, so one is enough. */
  #spare: Buffer<ArrayBufferLike> | undefined;
  /** Which of the two the last chunk is in. */
  #current: Buffer<ArrayBufferLike> = Buffer.alloc(0);

  private constructor(open: (source: ByteSource) => Readable) {
    this.stream = open(this);
  }

  /** Reads a file descriptor of a pipe or socket. */
  static ofPipe(fd: number): ByteSource {
    return new ByteSource((source) => source.#socket({ fd }));
  }

  /** Reads a stream that nobody has read from yet; to be called in the tick in which it was made. */
  static ofStream(stream: Readable): ByteSource {
    const handle = process.platform === 'win32' ? undefined : takeHandle(stream);
    return new ByteSource((source) => (handle === undefined ? stream : source.#socket(handle)));
  }

  /** @param listener called once, when the first chunk comes */
  onFirst(listener: () => void): void {
    this.#onFirst.push(listener);
  }

  /**
   * Reads from now on.
   * @param take gets each chunk, and writes together what it writes; the memory of the chunk is used again after that
   */
  start(target: Target, take: (chunk: Buffer) => void): void {
    this.#target = target;
    this.#take = (chunk) => {
      this.#take = take;
      for (const listener of this.#onFirst) listener();
      take(chunk);
    };
    // One that reads into our memory emits no data.
    this.stream.on('data', (chunk: Buffer) => target.together(() => this.#take(chunk)));
    this.stream.resume();
  }

  /** Chunks come in this from now on, where they come in memory of ours. */
  readInto(place: Uint8Array): void {
    this.#memory = bufferOf(place);
  }

  #socket(source: { fd: number } | { handle: unknown }): Socket {
    const onread = {
      buffer: () => this.#place(),
      callback: (size: number) => this.#took(size),
    };
    // `onread` is documented for all sockets, and declared for those that connect.
    const options: SocketConstructorOpts & { onread: OnReadOpts } = {
      ...source,
      ...{ readable: true, writable: false, onread },
    };
    // Until somebody takes what comes, it waits in the pipe.
    return new Socket(options).pause();
  }

  #took(size: number): boolean {
    this.#target?.together(() => this.#take(this.#current.subarray(0, size)));
    return true;
  }

  /**
   * Where the next chunk goes: elsewhere, where a part of the last one waits to be written. Node asks as soon as that was taken,
   * so it may be written whole before the next comes.
   */
  #place(): Buffer {
    this.#memory ??= Buffer.allocUnsafeSlow(MOST_READ);
    this.#current = this.#memory;
    if (this.#target?.sharesMemory(this.#memory.buffer)) {
      this.#spare ??= Buffer.allocUnsafeSlow(MOST_READ);
      this.#current = this.#spare;
    }
    return this.#current;
  }
}

/**
 * The handle of a socket, for another one that reads into memory of ours: for the pipes of child processes Node has no
 * other way. Undefined where this Node has none like that; then the stream is read as any other.
 */
function takeHandle(stream: Readable): { handle: unknown } | undefined {
  if (!(stream instanceof Socket)) return undefined;
  const socket = stream as { _handle?: { useUserBuffer?: unknown } | null };
  const handle = socket._handle;
  if (typeof handle?.useUserBuffer !== 'function') return undefined;
  socket._handle = null;
  return { handle };
}
