import type { PageState } from '../../server/page-messages.js';
import { ask, NotAdmitted } from './api.js';

/** Without a line for so long, the connection is taken for dead. Milliseconds. */
const SILENCE = 25_000;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 3_000;

interface Listener {
  onState(state: PageState): void;
  onConnection(connected: boolean): void;
}

/** Follows what waits for as long as the page is open. Returns when the session counts no more. */
export async function followEvents(listener: Listener): Promise<void> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      await readStates(({ now, inboxes }) => {
        pause = FIRST_PAUSE;
        listener.onConnection(true);
        listener.onState({ now, inboxes });
      });
    } catch (error) {
      if (error instanceof NotAdmitted) return;
    }
    listener.onConnection(false);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function readStates(onState: (state: PageState) => void): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE);
  try {
    const response = await ask('/events', { signal: silence.signal });
    if (!response.ok || response.body === null) return;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    // Not `TextLines`, which needs Node; and there is no bound, since this is what the page's own server writes.
    let parts: string[] = [];
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE);
      const [first = '', ...others] = read.value.split('\n');
      parts.push(first);
      for (const next of others) {
        const line = parts.join('');
        parts = [next];
        if (line !== '') onState(JSON.parse(line) as PageState);
      }
    }
  } finally {
    clearTimeout(timer);
  }
}
