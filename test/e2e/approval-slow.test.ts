import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Kind } from './clients.js';
import { eventually, type Result, userOf, YES } from './person.js';
import { fixture, npmServer } from './place.js';

const LEGACY: Kind[] = ['v1', 'v2 legacy'];
/** The client's time-out, and what a person takes. Milliseconds. */
const TIMEOUT = 1_500;
const SLOW = 4_000;
const POLICY =
  'version: 1\ndefault: allow\ntools: { "write_*": require_approval, get_sum: require_approval }\n';

const textOf = ({ content }: Result) => content[0]?.text ?? '';
const filesystem = (kind: Kind) => userOf(kind, POLICY, ({ work }) => [npmServer('filesystem'), work]);
const NOTE = { path: 'note.txt', content: 'written after all' };

describe.each(LEGACY)('a slow person behind a client %s that soon gives up', (kind) => {
  it('is waited for, since the client is told that the call goes on', { retry: 2 }, async () => {
    const { client, person, call, place } = await filesystem(kind);
    const progress: number[] = [];
    const result = call('write_file', NOTE, {
      timeout: TIMEOUT,
      resetTimeoutOnProgress: true,
      onprogress: (each) => progress.push(each.progress),
    });
    await Promise.race([person.says(1, YES, SLOW), result]);
    expect(textOf(await result)).toContain('Successfully wrote');
    expect(place.has('note.txt')).toBe(true);
    expect(progress.length).toBeGreaterThanOrEqual(3);
    expect(progress).toEqual([...progress].sort((one, other) => one - other));
    await client.close();
    const [line] = place.audit().filter(({ tool }) => tool === 'write_file');
    expect(line).toMatchObject({ outcome: 'completed', approval: { how: 'approved' } });
    const { approval, durationMs } = line as { approval: { afterMs: number }; durationMs: number };
    expect(approval.afterMs).toBeGreaterThanOrEqual(SLOW - 100);
    expect(durationMs).toBeGreaterThanOrEqual(approval.afterMs - 1);
  });

  it.each([
    ['with signs of life that it does not heed', { onprogress: () => {} }],
    ['without signs of life', {}],
  ])('comes too late %s: the question is taken back and the call never run', async (_case, options) => {
    const { client, person, call, place } = await filesystem(kind);
    const result = call('write_file', NOTE, { timeout: TIMEOUT, ...options }).catch((error: Error) => error);
    const shown = await person.asked(1);
    expect(String(await result)).toContain('Request timed out');
    await eventually(() => shown.signal.aborted || undefined);
    shown.answer(YES);
    await sleep(300);
    expect(textOf(await call('list_directory', { path: '.' }))).not.toContain('note.txt');
    await client.close();
    expect(place.has('note.txt')).toBe(false);
    expect(place.audit().find(({ tool }) => tool === 'write_file')).toMatchObject({
      outcome: 'withdrawn',
      approval: { how: 'withdrawn' },
    });
  });
});

describe.each<Kind>(['v2 auto', 'v2 pinned'])('a slow person behind a client %s', (kind) => {
  it('keeps no call waiting, since the question is its answer', { retry: 2 }, async () => {
    const { client, person, call, place } = await userOf(kind, POLICY, () => [fixture('modern.mjs')]);
    // Everything has started by then, so that the time-out is the person's alone.
    await client.listTools();
    const result = call('get_sum', { a: 1, b: 2 }, { timeout: TIMEOUT });
    await Promise.race([person.says(1, YES, SLOW), result]);
    expect(await result).toMatchObject({ structuredContent: { sum: 3 } });
    await client.close();
    const [asked, done] = place.audit().filter(({ tool }) => tool === 'get_sum');
    expect(asked).toMatchObject({ outcome: 'input_required', approval: { how: 'asked' } });
    expect(done).toMatchObject({ outcome: 'completed', approval: { how: 'approved' } });
    const { approval } = done as { approval: { afterMs: number } };
    expect(approval.afterMs).toBeGreaterThanOrEqual(SLOW - 100);
  });

  it('lets the client give up: the answer comes to nothing', async () => {
    const { client, person, call, place } = await userOf(kind, POLICY, () => [fixture('modern.mjs')]);
    const controller = new AbortController();
    const result = call('get_sum', { a: 1, b: 2 }, { signal: controller.signal }).catch(String);
    const shown = await person.asked(1);
    controller.abort();
    await sleep(100);
    shown.answer(YES);
    await result;
    await sleep(200);
    await client.close();
    expect(place.audit().map(({ outcome }) => outcome)).toEqual(['input_required']);
  });
});
