import { randomUUID } from 'node:crypto';

/**
 * Has loaded what calls need. To be called when nothing waits: this function is in the same bundle as they are
 * (src/calls.ts), and the modules of Node that it touches are loaded by it.
 */
export function readyForCalls(): void {
  performance.now();
  randomUUID();
}
