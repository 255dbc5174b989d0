import { withoutLineEnds } from '../../core/json/value.js';

/** Time between two signs of life. Clients that restart their clock on progress wait 60 s by default, some much less. Milliseconds. */
const INTERVAL = 1_000;
/**
 * How long a client is told that its call still waits. Some put a call that lasts longer into the background, and take
 * progress for it as a fault of the server. Milliseconds.
 */
const LONGEST = 110_000;

/** 1 January 2286, in milliseconds since 1970. */
const FAR_AWAY = 1e13;

/**
 * Tells the client that a call waits for a person (MCP "Progress"): values increase strictly. They are below zero, so
 * that whatever the server reports later, from 0 on, increases them too. They come from the time of the day, since after
 * this policy-wrap there may be another one that goes on with the same token.
 * @param tokenText the client's progress token, as it is in the request
 * @returns ends it
 */
export function sendProgress(tokenText: string, writeLine: (line: string) => void): () => void {
  const token = withoutLineEnds(tokenText);
  const startedAt = performance.now();
  const day = Date.now();
  const timer = setInterval(() => {
    const waited = performance.now() - startedAt;
    if (waited >= LONGEST) return clearInterval(timer);
    const progress = (day + waited) / FAR_AWAY - 1;
    const params = `{"progressToken":${token},"progress":${progress},"message":"Waiting for approval of this call"}`;
    writeLine(`{"jsonrpc":"2.0","method":"notifications/progress","params":${params}}`);
  }, INTERVAL).unref();
  return () => clearInterval(timer);
}
