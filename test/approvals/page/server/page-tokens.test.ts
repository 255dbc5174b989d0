import { describe, expect, it } from 'vitest';
import { lasts, PageTokens } from '../../../../src/approvals/page/server/page-tokens.js';

const MINUTE = 60_000;

function keys() {
  const clock = { now: 1_000_000 };
  return {
    clock,
    keys: new PageTokens(
      () => {},
      () => clock.now,
    ),
  };
}

describe('keys of the page', () => {
  it('are long and never the same', () => {
    const { keys: page } = keys();
    const tokens = Array.from({ length: 50 }, () => page.newToken());
    expect(new Set(tokens).size).toBe(50);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  });

  it('are good for ten minutes, then no more', () => {
    const { keys: page, clock } = keys();
    const [one, other] = [page.newToken(), page.newToken()];
    clock.now += 10 * MINUTE - 1;
    expect(page.redeem(one)).toBeDefined();
    clock.now += 1;
    expect(page.redeem(other)).toBeUndefined();
  });

  it('give sessions that end too', () => {
    const { keys: page, clock } = keys();
    const session = page.redeem(page.newToken()) ?? '';
    expect(page.admits(session)).toBe(true);
    expect(page.redeem(session)).toBeUndefined();
    clock.now += 24 * 60 * MINUTE;
    expect(page.admits(session)).toBe(false);
  });

  it('are kept as digests, which the next host knows them by and which open nothing', () => {
    const { keys: page, clock } = keys();
    const [used, unused] = [page.newToken(), page.newToken()];
    const session = page.redeem(used) ?? '';
    const kept = page.kept();
    for (const secret of [used, unused, session]) expect(JSON.stringify(kept)).not.toContain(secret);
    const next = new PageTokens(
      () => {},
      () => clock.now,
    );
    next.take(kept);
    for (const { digest } of [...kept.links, ...kept.sessions]) {
      expect(next.redeem(digest)).toBeUndefined();
      expect(next.admits(digest)).toBe(false);
    }
    expect(next.redeem(used)).toBeUndefined();
    expect(next.admits(session)).toBe(true);
    expect(lasts(kept, unused, clock.now)).toBe(10 * MINUTE);
    expect(lasts(kept, used, clock.now)).toBe(0);
    expect(next.redeem(unused)).toBeDefined();
  });

  it('are no more than a few', () => {
    const { keys: page } = keys();
    for (let n = 0; n < 200; n++) page.redeem(page.newToken());
    for (let n = 0; n < 1_200; n++) page.newToken();
    expect(page.kept().links.length).toBeLessThanOrEqual(1_024);
    expect(page.kept().sessions.length).toBeLessThanOrEqual(32);
  });

  it('tell of each change', () => {
    let changes = 0;
    const page = new PageTokens(() => changes++);
    const token = page.newToken();
    page.redeem('nothing');
    expect(changes).toBe(1);
    page.redeem(token);
    page.redeem(token);
    expect(changes).toBe(2);
  });
});
