import { readyForCalls } from './ready-for-calls.js';
import type { ByteSource } from './streams/reading/byte-source.js';

/** A server that answers sooner would have its answer delayed by anything else that is done before. Milliseconds. */
const QUICK_START = 50;

/**
 * Has loaded what calls need while nobody waits for us: while a server takes its time to start, or else when the client has
 * the first answer. A call that comes sooner loads it itself.
 */
export function prepareForCalls(answers: ByteSource): void {
  answers.onFirst(() => setImmediate(() => readyForCalls()));
  setTimeout(() => readyForCalls(), QUICK_START).unref();
}
