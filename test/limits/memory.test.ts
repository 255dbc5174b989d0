import { expect, it } from 'vitest';
import { memoryStore } from '../../src/limits/memory.js';
import { rate } from '../core/limits/charges.js';

it('asks its clock when the caller does not give the time', () => {
  let now = 0;
  const store = memoryStore(() => now);
  expect(store.take([rate(1, 100)])).toMatchObject({ ok: true });
  now = 99;
  expect(store.peek([rate(1, 100)])).toMatchObject({ ok: false, retryAfterMs: 1 });
  now = 100;
  expect(store.peek([rate(1, 100)])).toMatchObject({ ok: true });
  expect(store.take([rate(1, 100)])).toMatchObject({ ok: true });
});

it('takes the time of the caller', () => {
  const store = memoryStore();
  expect(store.take([rate(1, 100)], 1e12)).toMatchObject({ ok: true });
  expect(store.take([rate(1, 100)], 1e12 + 99)).toMatchObject({ ok: false, retryAfterMs: 1 });
});

it('has a clock that moves', async () => {
  const store = memoryStore();
  expect(store.take([rate(1, 5)])).toMatchObject({ ok: true });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(store.take([rate(1, 5)])).toMatchObject({ ok: true });
  store.close();
});
