import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Place } from '../e2e/place.js';
import { Wrapped } from '../e2e/program.js';

it('what a client sends while the last output is written is answered, and takes nothing of it away', async () => {
  const place = new Place();
  place.policy('version: 1\ndefault: allow\ntools: { delete_note: deny }\n');
  const wrapped = Wrapped.script(
    place,
    `const line = JSON.stringify({ jsonrpc: '2.0', method: 'x', params: { text: 'y'.repeat(10_000) } });
    process.stdin.once('data', () => process.stdout.write((line + '\\n').repeat(60), () => process.exit(3)));`,
    { unread: true },
  );
  wrapped.send({ id: 1, method: 'ping' });
  await sleep(1_000);
  wrapped.send({ id: 2, method: 'tools/call', params: { name: 'delete_note' } });
  wrapped.send({ id: 3, method: 'ping' });
  await sleep(200);
  wrapped.read();
  expect((await wrapped.process).exitCode).toBe(3);
  const messages = wrapped.lines.map((line) => JSON.parse(line) as { id?: number; method?: string });
  expect(messages.filter(({ method }) => method === 'x')).toHaveLength(60);
  expect(messages.flatMap(({ id }) => id ?? []).sort()).toEqual([1, 2, 3]);
  expect(wrapped.rest).toBe('');
});
