import type { IncomingMessage } from 'node:http';

export class BodyTooLong extends Error {}

/**
 * The text that a request brings. Rejects when the peer goes away, sends too much or sends what is not a text.
 * @param longest bytes
 */
export async function readBody(request: IncomingMessage, longest: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > longest) throw new BodyTooLong();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) throw new BodyTooLong();
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}
