import { StringDecoder } from 'node:string_decoder';

/** Of the beginning, where most programs say what is wrong, and of the end, where the others do. Characters. */
const START_KEPT = 8 * 1024;
const END_KEPT = 16 * 1024;

/** The beginning and the end of what a program writes, in bounded memory. */
export class KeptText {
  readonly #decoder = new StringDecoder('utf8');
  #start = '';
  #end = '';
  #isCut = false;

  add(chunk: Buffer): void {
    const text = this.#decoder.write(chunk);
    const free = START_KEPT - this.#start.length;
    this.#start += text.slice(0, free);
    const end = this.#end + text.slice(free);
    this.#isCut ||= end.length > END_KEPT;
    this.#end = end.slice(-END_KEPT);
  }

  /** All of it, or its beginning and its end in whole lines: half a secret is not known for one. */
  get text(): string {
    if (!this.#isCut) return this.#start + this.#end;
    const start = this.#start.slice(0, this.#start.lastIndexOf('\n') + 1);
    const end = this.#end.indexOf('\n');
    return end < 0 ? start : `${start}…\n${this.#end.slice(end + 1)}`;
  }
}
