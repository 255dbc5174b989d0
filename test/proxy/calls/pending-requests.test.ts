import { describe, expect, it } from 'vitest';
import { PendingRequests, resultAskedFor } from '../../../src/proxy/calls/pending-requests.js';

describe('resultAskedFor', () => {
  it.each([
    ['tasks/result', '{"taskId":"a"}', 'a'],
    ['tasks/result', '{"taskId":7}', undefined],
    ['tasks/result', '{}', undefined],
    ['tasks/result', 'null', undefined],
    ['tasks/get', '{"taskId":"a"}', undefined],
  ])('%s with %s', (method, params, id) => {
    expect(resultAskedFor(method, params)).toBe(id);
  });
});

describe('a request that nobody waits for', () => {
  it('keeps nothing but what a late answer needs, and its follower is told once', () => {
    const pending = new PendingRequests();
    const endings: string[] = [];
    const request = { idText: '7', method: 'tools/call', isPlain: true, memory: new Uint8Array(65_536) };
    pending.add(7, { ...request, follower: { ended: (ending) => void endings.push(ending) } });
    pending.close(7, 'cancelled');
    pending.close(7, 'timed_out');
    expect(endings).toEqual(['cancelled']);
    const left = pending.take(7);
    expect(left).toMatchObject({ idText: '7', method: 'tools/call', isPlain: true, closed: 'cancelled' });
    expect(left).not.toHaveProperty('memory');
    expect(pending.has(7)).toBe(false);
  });

  it('is forgotten before others are, however many are open, in a moment', () => {
    const pending = new PendingRequests();
    for (let id = 0; id < 20_000; id++) pending.add(id, { idText: `${id}`, method: 'tools/call' });
    for (let id = 19_999; id >= 10_000; id--) pending.close(id, 'cancelled');
    expect([0, 9_999, 10_000, 10_999, 11_000, 19_999].map((id) => pending.has(id))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(pending.drain()).toHaveLength(10_000);
  });
});

describe('requests of ours', () => {
  const OURS = { idText: '"pw:1"', method: 'tasks/get', closed: 'ours' } as const;

  it('are known by their answers, and awaited by no client', () => {
    const pending = new PendingRequests();
    pending.add('pw:1', { ...OURS });
    expect([pending.has('pw:1'), pending.isOpen('pw:1'), pending.isAwaited()]).toEqual([true, false, false]);
    expect(pending.take('pw:1')).toMatchObject(OURS);
    pending.add('pw:1', { ...OURS });
    expect(pending.drain()).toEqual([]);
  });

  it('are forgotten where a server answers none of very many', () => {
    const pending = new PendingRequests();
    for (let id = 0; id < 1_002; id++) pending.add(`pw:${id}`, { ...OURS });
    expect([0, 1, 2, 1_001].map((id) => pending.has(`pw:${id}`))).toEqual([false, false, true, true]);
  });
});
