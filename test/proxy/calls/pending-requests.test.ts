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
