import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Inbox } from '../../../src/approvals/inbox/inbox.js';
import type { ApprovalRequest } from '../../../src/approvals/queue/approver.js';
import type { Approval } from '../../../src/core/policy/decide/approval.js';
import { put, question, servedInbox, stateFolder } from '../inbox/inbox-place.js';
import { closeBrowserAfterAll, NO_CHROMIUM, newTab } from './chromium.js';
import { member } from './page-place.js';

closeBrowserAfterAll();

const CHARGE: Partial<ApprovalRequest> = {
  ...{ id: 'charge1', server: 'stripe', name: 'create_charge', category: 'financial', risk: 'critical' },
  ...{ client: 'Claude Code', reason: 'Charges need a person.' },
  argumentsText: '{"amount":12345678901234567890,"rate":1.50,"to":"acct_1"}',
  rule: { pointer: '/tools/create_charge', source: 'policy-wrap.yaml', line: 21 },
};

interface Opened {
  tab: Page;
  inbox: Inbox;
  grants: Awaited<ReturnType<typeof servedInbox>>['grants'];
  state: string;
  page: Awaited<ReturnType<typeof member>>;
  /** The cards of calls that wait. */
  cards: ReturnType<Page['locator']>;
}

async function open(tab?: Page): Promise<Opened> {
  const state = stateFolder();
  const { inbox, grants } = await servedInbox(state, 'stripe');
  const page = await member(state, inbox);
  const shown = tab ?? (await newTab());
  await shown.goto(await page.link());
  await shown.getByText('Live').waitFor();
  return { tab: shown, inbox, grants, state, page, cards: shown.locator('article:not(.settled)') };
}

/** Puts a question on the inbox and waits until it may be answered: what has just appeared cannot be. */
async function ask({ inbox, tab, cards }: Opened, changes: Partial<ApprovalRequest> = {}) {
  const before = await cards.count();
  const answer = put(inbox, { ...CHARGE, ...changes });
  await expect.poll(() => cards.count()).toBe(before + 1);
  await tab.waitForTimeout(400);
  return { answer };
}

const FOCUSED = `document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText`;

/** Waits until no more cards are there, with those that were answered. */
async function left({ tab }: Opened, count: number): Promise<void> {
  await expect.poll(() => tab.locator('article').count(), { interval: 10 }).toBe(count);
}

const waits = ({ inbox }: Opened) => inbox.state().waiting.length;

describe.skipIf(NO_CHROMIUM)('a person at the page', () => {
  it('sees what is sent besides the arguments', async () => {
    const opened = await open();
    await ask(opened, { otherParamsText: '{"options":{"force":true},"_meta":{"tenant":"vic\u202etim"}}' });
    const text = await opened.cards.innerText();
    expect(text).toMatch(/Also sent/i);
    expect(text).toContain('"force": true');
    expect(text).toContain('"tenant": "vic\\u202etim"');
  });

  it('sees all there is to know of a call', async () => {
    const opened = await open();
    await ask(opened);
    const { cards, tab } = opened;
    const text = await cards.innerText();
    for (const words of ['stripe', 'Claude Code', 'create_charge', 'Charges need a person.'])
      expect(text).toContain(words);
    expect(text).toMatch(/financial/i);
    expect(text).toMatch(/critical risk/i);
    expect(text).toContain('Rule /tools/create_charge in policy-wrap.yaml:21');
    expect(text).toContain('"amount": 12345678901234567890,\n  "rate": 1.50,');
    expect(text).toMatch(/(?:2:00|1:\d\d) left/);
    expect(text).toMatch(/The agent waits for 0:\d\d\. After that it is asked to repeat the call\./);
    expect(await tab.title()).toBe('(1) Approvals · policy-wrap');
    expect(await tab.locator('#announcer').textContent()).toBe(
      'Waits for you: create_charge on stripe, critical risk',
    );
  });

  it('approves once', async () => {
    const opened = await open();
    const { answer } = await ask(opened);
    const { cards, tab } = opened;
    await cards.getByRole('button', { name: 'Approve once' }).click();
    expect(await answer).toMatchObject({
      approved: true,
      how: 'approved',
      via: 'page',
      by: expect.any(String),
    });
    expect((await answer).remember).toBeUndefined();
    await tab.locator('article.settled').getByText('Approved').waitFor();
    await tab.getByText('Nothing waits').waitFor();
    expect(await tab.title()).toBe('Approvals · policy-wrap');
  });

  it('denies with a reason, and sees it among the last decisions', async () => {
    const opened = await open();
    const { answer } = await ask(opened);
    const { cards, tab, inbox } = opened;
    await cards.getByPlaceholder('Reason').fill('Not on a Friday.');
    await cards.getByRole('button', { name: 'Deny' }).click();
    expect(await answer).toMatchObject({ approved: false, how: 'declined', reason: 'Not on a Friday.' });
    inbox.decided(question(CHARGE), await answer, 'declined');
    const row = tab.locator('#decided li');
    expect(await row.innerText()).toMatch(/Denied[\s\S]*create_charge[\s\S]*stripe[\s\S]*Not on a Friday\./);
  });

  it.each([
    ['this exact call', undefined, { scope: 'call', for: 'session' }],
    ['every call of create_charge', '15 minutes', { scope: 'tool', for: 900_000 }],
  ])('approves and remembers %s', async (choice, time, remember) => {
    const opened = await open();
    const { answer } = await ask(opened);
    const { cards, tab } = opened;
    await cards.getByRole('button', { name: 'Approve and remember…' }).click();
    await cards.getByLabel(choice).check();
    if (time) await cards.getByLabel('For how long').selectOption(time);
    await tab.waitForTimeout(400);
    await cards.getByRole('button', { name: 'Approve and remember', exact: true }).click();
    expect(await answer).toMatchObject({ approved: true, remember });
  });

  it('is offered to remember only what the policy lets be remembered', async () => {
    const opened = await open();
    await ask(opened, { mayRemember: false });
    expect(await opened.cards.getByRole('button').allInnerTexts()).toEqual(['Approve once', 'Deny']);
    await opened.cards.focus();
    await opened.tab.keyboard.press('r');
    expect(await opened.cards.getByRole('radio').count()).toBe(0);
  });

  it('revokes what is remembered', async () => {
    const { tab, grants } = await open();
    const approval: Approval = { approved: true, how: 'approved', via: 'page', by: 'ada' };
    const key = { digest: 'd', policy: 'p', definition: undefined, server: 'stripe', kind: 'tool' as const };
    grants.remember({ ...key, name: 'pay' }, approval, { scope: 'tool', for: 1_800_000 }, undefined);
    grants.remember({ ...key, name: 'read' }, approval, { scope: 'call', for: 'session' }, '{"a":1}');
    const rows = tab.locator('#remembered li');
    await expect.poll(() => rows.count()).toBe(2);
    expect(await rows.first().innerText()).toMatch(
      /pay\s*stripe\s*every call, (?:30:00|29:\d\d) left · by ada/,
    );
    expect(await rows.last().innerText()).toContain('this exact call, until the session ends · by ada');
    await tab.getByRole('button', { name: 'Revoke the remembered approval of pay on stripe' }).click();
    await expect.poll(() => rows.count()).toBe(1);
    expect(grants.remembered().map(({ name }) => name)).toEqual(['read']);
  });

  it('edits the arguments, is told what is wrong with them, and approves what is right', async () => {
    const opened = await open();
    const checkArguments = (text: string) =>
      text.includes('acct_2') ? undefined : "/to: must be 'acct_2' <b>";
    const { answer } = await ask(opened, { checkArguments });
    const { cards, tab } = opened;
    await cards.getByRole('button', { name: 'Edit arguments' }).click();
    const editor = cards.getByRole('textbox', { name: 'Arguments of create_charge, as JSON' });
    expect(await cards.getByRole('button', { name: 'Approve and remember…' }).isVisible()).toBe(false);
    expect(await editor.inputValue()).toBe(
      '{\n  "amount": 12345678901234567890,\n  "rate": 1.50,\n  "to": "acct_1"\n}',
    );
    await tab.waitForTimeout(400);
    await cards.getByRole('button', { name: 'Approve as edited' }).click();
    await cards.getByText("/to: must be 'acct_2' <b>").waitFor();
    expect(waits(opened)).toBe(1);
    await editor.fill((await editor.inputValue()).replace('acct_1', 'acct_2'));
    await cards.getByRole('button', { name: 'Approve as edited' }).click();
    expect((await answer).argumentsText).toBe(
      '{\n  "amount": 12345678901234567890,\n  "rate": 1.50,\n  "to": "acct_2"\n}',
    );
  });

  it.each(['key', 'button'])('fetches long arguments that are to be edited: by %s', async (by) => {
    const opened = await open();
    const argumentsText = JSON.stringify({ to: 'acct_1', text: 'x'.repeat(300_000) });
    const { answer } = await ask(opened, { argumentsText, checkArguments: () => undefined });
    const { cards, tab } = opened;
    const press = async () => {
      if (by === 'button') return cards.getByRole('button', { name: 'Edit arguments' }).click();
      await cards.focus();
      await tab.keyboard.press('e');
    };
    await tab.route('**/arguments?*', (route) => route.abort());
    await press();
    await cards.getByText('The arguments could not be fetched. Try again.').waitFor();
    const editor = cards.getByRole('textbox', { name: 'Arguments of create_charge, as JSON' });
    expect(await editor.count()).toBe(0);
    await tab.unroute('**/arguments?*');
    await press();
    await editor.waitFor();
    expect(await tab.evaluate('document.activeElement.className')).toBe('editor');
    await editor.fill((await editor.inputValue()).replace('acct_1', 'acct_2'));
    await tab.waitForTimeout(400);
    await cards.getByRole('button', { name: 'Approve as edited' }).click();
    expect(JSON.parse((await answer).argumentsText ?? '')).toMatchObject({ to: 'acct_2' });
  });

  it('hides secrets, and shows them again', async () => {
    const opened = await open();
    await ask(opened, { argumentsText: '{"password":"hunter2","n":1}' });
    const { cards } = opened;
    expect(await cards.innerText()).not.toContain('hunter2');
    expect(await cards.innerText()).toContain('"n": 1');
    await cards.getByRole('button', { name: 'Show secrets' }).click();
    expect(await cards.innerText()).toContain('hunter2');
    await cards.getByRole('button', { name: 'Hide secrets' }).click();
    expect(await cards.innerText()).not.toContain('hunter2');
    expect(await cards.getByRole('button', { name: 'Approve once' }).isVisible()).toBe(true);
  });

  it('sees what is hidden where it may be more than a secret', async () => {
    const opened = await open();
    const { answer } = await ask(opened, { argumentsText: '{"password":"x; rm -rf /","n":1}' });
    const { cards, tab } = opened;
    await cards.getByRole('button', { name: 'Show secrets, then approve' }).click();
    await cards.getByText('Look at them, then approve.').waitFor();
    expect(waits(opened)).toBe(1);
    expect(await cards.innerText()).toContain('x; rm -rf /');
    await tab.waitForTimeout(400);
    await cards.getByRole('button', { name: 'Approve once' }).click();
    expect(await answer).toMatchObject({ approved: true });
  });

  it('sees the beginning and the end of a long text, how long it is, and all of it before approving', async () => {
    const opened = await open();
    const sql = Array.from({ length: 60 }, (_, n) => `INSERT INTO t VALUES (${n});`).join('\n');
    const argumentsText = JSON.stringify({ sql: `${sql}\nDROP TABLE t;` });
    const { answer } = await ask(opened, { risk: 'high', argumentsText });
    const { cards, tab } = opened;
    const shown = await cards.innerText();
    expect(shown).toContain('INSERT INTO t VALUES (0);');
    expect(shown).toContain('DROP TABLE t;');
    expect(shown).not.toContain('VALUES (30)');
    expect(shown).toContain(`${argumentsText.length.toLocaleString('en')} characters`);
    expect(await cards.locator('.choices .primary').count()).toBe(0);
    await cards.getByRole('button', { name: 'Show all, then approve' }).click();
    await cards.getByText('Look at them, then approve.').waitFor();
    expect(waits(opened)).toBe(1);
    expect(await cards.innerText()).toContain('VALUES (30)');
    await tab.waitForTimeout(400);
    await cards.getByRole('button', { name: 'Approve once' }).click();
    expect(await answer).toMatchObject({ approved: true });
  });

  it('sees the riskiest first, with what the server says of it', async () => {
    const opened = await open();
    const { cards } = opened;
    const risks = ['medium', 'low', 'critical', 'high', 'medium'] as const;
    for (const [at, risk] of risks.entries())
      await ask(opened, {
        id: `risk${at}`,
        name: `${risk}_${at}`,
        risk,
        description: `Does ${risk} things.`,
      });
    expect(await cards.locator('h2').allInnerTexts()).toEqual([
      'critical_2',
      'high_3',
      'medium_0',
      'medium_4',
      'low_1',
    ]);
    expect(await cards.first().innerText()).toContain('The server says: Does critical things.');
  });

  it('has no button for a yes that stands out, where the risk is critical', async () => {
    const opened = await open();
    await ask(opened, { risk: 'high' });
    expect(await opened.cards.locator('.primary').count()).toBeGreaterThan(0);
    await ask(opened, { id: 'worst', risk: 'critical' });
    await ask(opened, { id: 'newer', risk: 'of another version' as 'high' });
    for (const at of [0, 1]) {
      const card = opened.cards.nth(at);
      expect(await card.getByRole('button', { name: 'Approve once' }).getAttribute('class')).toBe(
        'secondary',
      );
      expect(await card.locator('.primary').count()).toBe(0);
      expect(await card.getByRole('button', { name: 'Deny' }).getAttribute('class')).toBe('danger');
    }
  });

  it('sees long arguments whole before they can be approved', async () => {
    const opened = await open();
    const argumentsText = `{"text":"${'x'.repeat(1_000_000)}","end":"the last word"}`;
    const { answer } = await ask(opened, { argumentsText });
    const { cards, tab } = opened;
    expect(await cards.innerText()).toContain('Show all 1,000,033 characters');
    await cards.getByRole('button', { name: 'Show all, then approve' }).click();
    await cards.getByText('Look at them, then approve.').waitFor();
    expect(waits(opened)).toBe(1);
    expect(await cards.innerText()).toContain('the last word');
    await tab.waitForTimeout(400);
    await cards.getByRole('button', { name: 'Approve once' }).click();
    expect(await answer).toMatchObject({ approved: true });
  });

  it('is told when the call is decided elsewhere or taken back', async () => {
    const opened = await open();
    const { inbox, tab, cards } = opened;
    const controller = new AbortController();
    void inbox.put(question({ ...CHARGE, id: 'gone1' }), controller.signal);
    await expect.poll(() => cards.count()).toBe(1);
    await ask(opened, { id: 'term1' });
    await cards.first().getByPlaceholder('Reason').fill('half a');
    controller.abort();
    await tab.locator('article.settled').getByText('No longer waiting').waitFor();
    // What had the focus is gone: it is on the next call as a whole, where Enter and space do nothing.
    await left(opened, 1);
    expect(await tab.evaluate('document.activeElement.tagName')).toBe('ARTICLE');
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Space');
    expect(waits(opened)).toBe(1);
    await inbox.decide('term1', { decision: 'approve', via: 'terminal' });
    await tab.getByText('Nothing waits').waitFor();
  });

  it('cannot decide what the policy leaves to the terminal', async () => {
    const opened = await open();
    await ask(opened, { id: 'term2', via: ['terminal'] });
    expect(await opened.cards.innerText()).toContain('policy-wrap approve term2');
    expect(await opened.cards.getByRole('button').count()).toBe(0);
    await opened.cards.focus();
    await opened.tab.keyboard.press('a');
    await opened.tab.waitForTimeout(300);
    expect(waits(opened)).toBe(1);
  });

  it('tells two policy-wraps of the same server apart', async () => {
    const opened = await open();
    const other = await servedInbox(opened.state, 'stripe');
    await ask(opened);
    void put(other.inbox, { ...CHARGE, id: 'other1' });
    await expect.poll(() => opened.cards.count()).toBe(2);
    expect(await opened.cards.last().innerText()).toContain(`process ${process.pid}`);
  });
});

describe.skipIf(NO_CHROMIUM)('what changes while a person looks', () => {
  it('does not move what is there, take the focus, or lose what was typed', async () => {
    const opened = await open();
    await ask(opened, { id: 'first1' });
    const { cards, tab } = opened;
    const reason = cards.first().getByPlaceholder('Reason');
    await reason.pressSequentially('half a rea');
    const before = await cards.first().getByRole('button', { name: 'Approve once' }).boundingBox();
    await ask(opened, { id: 'second1' });
    expect(await cards.first().getByRole('button', { name: 'Approve once' }).boundingBox()).toEqual(before);
    await tab.keyboard.type('son');
    expect(await reason.inputValue()).toBe('half a reason');
    expect(await tab.title()).toBe('(2) Approvals · policy-wrap');
  });

  it('cannot be approved in the moment in which it appears', async () => {
    const opened = await open();
    const { tab, inbox, cards } = opened;
    await tab.evaluate(`new MutationObserver(() => {
      for (const each of document.querySelectorAll('button.primary')) each.click();
    }).observe(document.querySelector('#waiting'), { childList: true })`);
    const answer = put(inbox, { ...CHARGE, risk: 'high' });
    await cards.getByText('The page has just changed. Press again.').waitFor();
    expect(waits(opened)).toBe(1);
    await tab.waitForTimeout(400);
    await cards.getByRole('button', { name: 'Approve once' }).click();
    expect(await answer).toMatchObject({ approved: true });
  });

  it('cannot be approved by a click that began where another call stood', async () => {
    const opened = await open();
    const { tab, inbox, cards } = opened;
    const controller = new AbortController();
    void inbox.put(question({ ...CHARGE, id: 'above1' }), controller.signal);
    await expect.poll(() => cards.count()).toBe(1);
    await ask(opened, { id: 'below1' });
    controller.abort();
    await left(opened, 1);
    await cards.getByRole('button', { name: 'Approve once' }).click({ noWaitAfter: true, force: true });
    await tab.waitForTimeout(200);
    expect(waits(opened)).toBe(1);
  });

  it('comes back after the host of the page has ended', async () => {
    const opened = await open();
    const { tab, page, cards } = opened;
    const other = await servedInbox(opened.state, 'bank');
    const second = await member(opened.state, other.inbox);
    await second.link();
    const answer = put(other.inbox, { ...CHARGE, id: 'bank1', server: 'bank' });
    await expect.poll(() => cards.count()).toBe(1);
    await cards.getByPlaceholder('Reason').fill('typed before');
    page.close();
    await tab.getByText('Not connected').waitFor();
    await tab.getByText('Live').waitFor();
    expect(await cards.getByPlaceholder('Reason').inputValue()).toBe('typed before');
    await cards.getByRole('button', { name: 'Deny' }).click();
    expect(await answer).toMatchObject({ how: 'declined', reason: 'typed before' });
  });

  it('says that it is not connected, and that nothing was decided', async () => {
    const opened = await open();
    await ask(opened);
    const { tab, page, cards } = opened;
    page.close();
    await tab.getByText('Not connected').waitFor();
    await cards.getByRole('button', { name: 'Approve once' }).click();
    await cards.getByText('Nothing was decided').waitFor();
    expect(waits(opened)).toBe(1);
  });

  it('shows a hundred calls', async () => {
    const { inbox, cards, tab } = await open();
    for (let n = 0; n < 100; n++) void put(inbox, { ...CHARGE, id: `many${n}` });
    await expect.poll(() => cards.count()).toBe(100);
    expect(await tab.title()).toBe('(100) Approvals · policy-wrap');
  });
});

describe.skipIf(NO_CHROMIUM)('with the keyboard alone', () => {
  it('moves, approves, denies and remembers', async () => {
    const opened = await open();
    const { tab, cards } = opened;
    const one = await ask(opened, { id: 'key1', risk: 'high' });
    const two = await ask(opened, { id: 'key2', risk: 'high' });
    const three = await ask(opened, { id: 'key3', risk: 'high' });
    // Without a call that has the focus nothing is decided.
    await tab.keyboard.press('a');
    await tab.waitForTimeout(200);
    expect(waits(opened)).toBe(3);
    await tab.keyboard.press('j');
    await tab.keyboard.press('j');
    await tab.keyboard.press('a');
    expect(await two.answer).toMatchObject({ approved: true });
    expect(waits(opened)).toBe(2);
    await left(opened, 2);
    await tab.waitForTimeout(400);
    // The focus is on the next one now.
    await tab.keyboard.press('r');
    await tab.keyboard.press('ArrowDown');
    await tab.keyboard.press('Tab');
    await tab.keyboard.press('Tab');
    await tab.waitForTimeout(400);
    await tab.keyboard.press('Enter');
    expect(await three.answer).toMatchObject({ approved: true, remember: { scope: 'tool', for: 1_800_000 } });
    await expect.poll(() => cards.count()).toBe(1);
    await left(opened, 1);
    await tab.waitForTimeout(400);
    await tab.keyboard.press('k');
    await tab.keyboard.press('d');
    await tab.keyboard.type('a draft, already read');
    expect(waits(opened)).toBe(1);
    await tab.keyboard.press('Enter');
    expect(await one.answer).toMatchObject({ how: 'declined', reason: 'a draft, already read' });
  });

  it('needs two keys for a yes where the risk is critical', async () => {
    const opened = await open();
    const { answer } = await ask(opened, { risk: 'critical' });
    const { tab, cards } = opened;
    await tab.keyboard.press('j');
    await tab.keyboard.press('a');
    await tab.keyboard.press('a');
    await tab.keyboard.press('Enter');
    await cards.getByRole('alert').getByText('The page has just changed').waitFor();
    expect(waits(opened)).toBe(1);
    await tab.waitForTimeout(400);
    await tab.keyboard.press('Enter');
    expect(await answer).toMatchObject({ approved: true });
  });

  it('takes a choice of what is remembered with Enter', async () => {
    const opened = await open();
    const { answer } = await ask(opened);
    const { tab } = opened;
    await tab.keyboard.press('j');
    await tab.keyboard.press('r');
    await tab.waitForTimeout(400);
    await tab.keyboard.press('Enter');
    expect(await answer).toMatchObject({ approved: true, remember: { scope: 'call', for: 'session' } });
  });

  it('reaches everything by Tab, in the order in which it is read', async () => {
    const opened = await open();
    await ask(opened, { checkArguments: () => undefined });
    const { tab } = opened;
    const reached: string[] = [];
    for (let n = 0; n < 7; n++) {
      await tab.keyboard.press('Tab');
      reached.push(await tab.evaluate(FOCUSED));
    }
    expect(reached).toEqual([
      'Arguments',
      'Approve once',
      'Deny',
      'Approve and remember…',
      'Edit arguments',
      'Reason for denying create_charge, shown to the agent',
      'Keyboard',
    ]);
  });

  it('does nothing with a modifier, held down, or while typing', async () => {
    const opened = await open();
    await ask(opened);
    const { tab, cards } = opened;
    await cards.focus();
    for (const keys of ['Control+a', 'Alt+a', 'Meta+a']) await tab.keyboard.press(keys);
    await cards.getByPlaceholder('Reason').focus();
    await tab.keyboard.type('aaa jjj kkk rrr eee ddd');
    expect(await cards.getByPlaceholder('Reason').inputValue()).toBe('aaa jjj kkk rrr eee ddd');
    await tab.keyboard.press('Escape');
    expect(await tab.evaluate('document.activeElement.tagName')).toBe('ARTICLE');
    expect(waits(opened)).toBe(1);
  });
});
