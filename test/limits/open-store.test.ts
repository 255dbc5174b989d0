import { describe, expect, it } from 'vitest';
import type { Charge, LimitScope } from '../../src/core/limits/limit.js';
import { memoryStore } from '../../src/limits/memory.js';
import { openStore } from '../../src/limits/open-store.js';
import type { LimitStore } from '../../src/limits/store.js';
import { rate, running } from '../core/limits/charges.js';

function per(scope: LimitScope, charge: Charge): Charge {
  return { ...charge, limit: { ...charge.limit, per: scope } };
}

/** A store that answers later, as those in other processes do. */
function later(store: LimitStore): LimitStore {
  return {
    take: async (...asked) => store.take(...asked),
    peek: async (...asked) => store.peek(...asked),
    close: () => store.close(),
  };
}

describe('stores by scope', () => {
  it('answers at once where all charges are of this process', () => {
    expect(openStore().take([rate(1, 100), running(1)], 0)).toMatchObject({ ok: true });
    expect(openStore().take([], 0)).toMatchObject({ ok: true });
  });

  it('counts each scope apart', async () => {
    const store = openStore({ session: memoryStore, machine: () => later(memoryStore()) });
    const both = [rate(1, 100), per('machine', rate(2, 100))];
    expect(await store.take(both, 0)).toMatchObject({ ok: true });
    expect(await store.take([both[1] as Charge], 0)).toMatchObject({ ok: true });
    expect(await store.take([both[1] as Charge], 0)).toMatchObject({ ok: false, charge: both[1] });
  });

  it('gives back what one store has admitted where another has no room', async () => {
    const store = openStore({ session: memoryStore, machine: () => later(memoryStore()) });
    const own = [rate(1, 100), running(1)];
    const none = per('machine', rate(0, 100));
    expect(await store.take([...own, none], 0)).toMatchObject({ ok: false, charge: none });
    expect(await store.take(own, 0)).toMatchObject({ ok: true });
  });

  it('gives back what one store has admitted where another fails, and says that it failed', async () => {
    const down: LimitStore = {
      take: () => Promise.reject(new Error('the store is down')),
      peek: () => Promise.reject(new Error('the store is down')),
      close: () => {},
    };
    const store = openStore({ session: memoryStore, fleet: () => down });
    await expect(store.take([rate(1, 100), per('fleet', rate(1, 100))], 0)).rejects.toThrow(
      'the store is down',
    );
    expect(await store.take([rate(1, 100)], 0)).toMatchObject({ ok: true });
  });

  it('releases and undoes in all stores, once', async () => {
    const store = openStore({ session: memoryStore, machine: () => later(memoryStore()) });
    const charges = [running(1), per('machine', running(1)), per('machine', rate(1, 100))];
    const first = await store.take(charges, 0);
    if (!first.ok) throw new Error('there is room');
    first.release();
    first.release();
    expect(await store.take(charges.slice(0, 2), 0)).toMatchObject({ ok: true });
    first.undo();
    expect(await store.take(charges.slice(2), 0)).toMatchObject({ ok: true });
    expect(await store.take(charges.slice(0, 1), 0)).toMatchObject({ ok: false });
  });

  it('has no store for a scope that nobody opened: the call is refused', () => {
    expect(() => openStore().take([per('fleet', rate(1, 100))], 0)).toThrow(
      'there is no store for limits per fleet',
    );
  });

  it('lets a call pass whose limits only observe, and reports them', async () => {
    const watched = per('fleet', rate(1, 100, { observe: true }));
    expect(await openStore().take([rate(1, 100), watched], 0)).toMatchObject({ ok: true, over: [watched] });
  });

  it('gives back in all stores, also where one of them fails at it', async () => {
    const broken: LimitStore = {
      ...memoryStore(),
      take: () => ({
        ok: true,
        over: [],
        release: () => {},
        undo: () => {
          throw new Error('gone');
        },
      }),
    };
    const fleet = memoryStore();
    const store = openStore({ session: () => broken, machine: memoryStore, fleet: () => fleet });
    const charges = [rate(1, 100), per('machine', rate(1, 100)), per('fleet', rate(0, 100))];
    await expect(store.take(charges, 0)).rejects.toThrow('gone');
    expect(await store.take([charges[1] as Charge], 0)).toMatchObject({ ok: true });
  });

  it('opens a store when it is first needed, and closes what is open', async () => {
    const seen: string[] = [];
    const noting = (name: string) => (): LimitStore => {
      seen.push(`open ${name}`);
      return { ...memoryStore(), close: () => void seen.push(`close ${name}`) };
    };
    const store = openStore({ session: noting('session'), machine: noting('machine') });
    await store.take([per('machine', rate(1, 100))], 0);
    await store.close();
    expect(seen).toEqual(['open machine', 'close machine']);
  });
});
