import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Approval } from '../../../src/core/policy/decide/approval.js';
import { put, question, servedInbox, stateFolder } from '../inbox/inbox-place.js';
import { closeBrowserAfterAll, NO_CHROMIUM, newTab } from './chromium.js';
import { member } from './page-place.js';

closeBrowserAfterAll();

/** A page with some of everything on it. */
async function fullPage(tab: Page) {
  const state = stateFolder();
  const { inbox, grants } = await servedInbox(state);
  const host = await member(state, inbox);
  await tab.goto(await host.link());
  await tab.getByText('Live').waitFor();
  const rule = { pointer: '/tools/send', source: 'policy-wrap.yaml', line: 3 };
  const risks = ['low', 'medium', 'high', 'critical'] as const;
  const argumentsText =
    '{"token":"ghp_0123456789abcdefghij0123","bidi":"a\u202eb","text":"one\\ntwo","n":1,"b":true}';
  for (const risk of risks)
    void put(inbox, { id: risk, risk, rule, reason: 'Ask.', argumentsText, checkArguments: () => 'no' });
  const approval: Approval = { approved: true, how: 'approved', via: 'page', by: 'ada', reason: 'Fine.' };
  for (const how of ['approved', 'declined', 'unanswered', 'withdrawn', 'unavailable'] as const)
    inbox.decided(question({ id: how }), approval, how);
  const key = { digest: 'd', policy: 'p', definition: undefined, server: 'mail', kind: 'tool' as const };
  grants.remember({ ...key, name: 'send' }, approval, { scope: 'call', for: 'session' }, argumentsText);
  const cards = tab.locator('article');
  await expect.poll(() => cards.count()).toBe(4);
  await expect.poll(() => tab.locator('#decided li').count()).toBe(5);
  return { cards, inbox };
}

interface Flaw {
  id: string;
  nodes: { target: unknown; failureSummary?: string }[];
}

/** What the checker of accessibility has to say. */
async function flaws(tab: Page): Promise<string[]> {
  // Past the policy of the page, which lets no script in but its own.
  const context = await tab.context().newCDPSession(tab);
  await context.send('Runtime.evaluate', { expression: axe.source });
  const { violations } = (await tab.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: Flaw[];
  };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
  );
}

describe.skipIf(NO_CHROMIUM).each(['light', 'dark'] as const)('the page in %s', (colorScheme) => {
  it('is for everybody: empty, full, opened, answered, and with a used link', async () => {
    const tab = await newTab({ colorScheme });
    const { cards, inbox } = await fullPage(tab);
    expect(await flaws(tab)).toEqual([]);
    await cards.first().getByRole('button', { name: 'Approve and remember…' }).click();
    await cards.last().getByRole('button', { name: 'Edit arguments' }).click();
    await cards.first().getByRole('button', { name: 'Edit arguments' }).click();
    await cards.nth(1).getByRole('button', { name: 'Approve and remember…' }).click();
    await tab.waitForTimeout(400);
    await cards.first().getByRole('button', { name: 'Approve as edited' }).click();
    await cards.first().getByRole('alert').getByText('no').waitFor();
    await tab.locator('summary').last().click();
    await tab.locator('summary').first().click();
    expect(await flaws(tab)).toEqual([]);
    for (const { id } of inbox.state().waiting) await inbox.decide(id, { decision: 'deny', via: 'page' });
    await tab.getByText('Nothing waits').waitFor();
    expect(await flaws(tab)).toEqual([]);
    const other = await newTab({ colorScheme });
    await other.goto(tab.url());
    await other.getByText('This page needs a fresh link').waitFor();
    expect(await flaws(other)).toEqual([]);
  });

  it('has the colours of the system', async () => {
    const tab = await newTab({ colorScheme });
    await fullPage(tab);
    const ground = String(await tab.evaluate('getComputedStyle(document.body).backgroundColor'));
    const brightness = Number(/\d+/.exec(ground)?.[0]);
    if (colorScheme === 'dark') expect(brightness).toBeLessThan(40);
    else expect(brightness).toBeGreaterThan(230);
  });
});

describe.skipIf(NO_CHROMIUM)('the page on a phone', () => {
  it('needs no sideways scrolling, and has buttons that a thumb can hit', async () => {
    const tab = await newTab({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const { cards } = await fullPage(tab);
    await cards.first().getByRole('button', { name: 'Approve and remember…' }).tap();
    await cards.first().getByRole('button', { name: 'Edit arguments' }).tap();
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    for (const [name, count] of [
      ['Approve', 7],
      ['Deny', 4],
      ['Revoke', 1],
    ] as const) {
      const buttons = await tab.getByRole('button', { name }).all();
      expect(buttons.length, name).toBeGreaterThanOrEqual(count);
      for (const each of buttons) expect((await each.boundingBox())?.height, name).toBeGreaterThanOrEqual(40);
    }
    expect(await tab.locator('#keys').isVisible()).toBe(false);
  });

  it('breaks names between their words, and shows the whole hint of what to write', async () => {
    const tab = await newTab({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const { cards, inbox } = await fullPage(tab);
    void put(inbox, { id: 'named', name: 'send_newsletter_to_all_subscribers_of_list', risk: 'critical' });
    await expect.poll(() => cards.count()).toBe(5);
    const heading = cards.locator('h2 code', { hasText: 'send_newsletter' });
    expect(await heading.locator('wbr').count()).toBe(6);
    const reason = cards.first().getByPlaceholder('Reason, shown to the agent');
    const room = await reason.evaluate(
      (input) => (input as unknown as { clientWidth: number }).clientWidth - 22,
    );
    expect(room).toBeGreaterThanOrEqual(210);
  });
});
