import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Approval } from '../../../src/core/policy/decide/approval.js';
import { put, question, servedInbox, stateFolder } from '../inbox/inbox-place.js';
import { closeBrowserAfterAll, NO_CHROMIUM, newTab, REBOUND } from './chromium.js';
import { ask, member, OpenPage, portOf } from './page-place.js';

closeBrowserAfterAll();

async function page() {
  const state = stateFolder();
  const { inbox, socket, grants } = await servedInbox(state, 'mail');
  return { state, inbox, grants, name: socket.name, page: await member(state, inbox) };
}

/** A page of another origin with this HTML. */
async function otherSite(html: string): Promise<string> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

/** Notes whatever a script that should not run would do. */
async function watched(tab: Page) {
  const seen: string[] = [];
  tab.on('dialog', (dialog) => {
    seen.push(dialog.message());
    void dialog.dismiss();
  });
  tab.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1:') && !request.url().startsWith('data:'))
      seen.push(request.url());
  });
  tab.on('console', (message) => {
    if (message.type() === 'error') seen.push(message.text());
  });
  tab.on('pageerror', (error) => seen.push(String(error)));
  return seen;
}

const MARKUP = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(2)>',
  '"><svg onload=alert(3)>',
  "'-alert(4)-'",
  '</code></h2><iframe srcdoc="<script>parent.alert(5)</script>">',
  'javascript:alert(6)',
  '{{constructor.constructor("alert(7)")()}}',
  '<a href=https://evil.example/>click</a><style>*{display:none}</style>',
];
const HIDDEN = 'pay\u202eevas\u200b\u0000\u001b[2J\u2028\u{e0041}\u3164\ufe0f';

describe.skipIf(NO_CHROMIUM)('hostile text', () => {
  it('is text, wherever it comes from', async () => {
    const { inbox, grants, page: host } = await page();
    const tab = await newTab();
    const seen = await watched(tab);
    const hostile = MARKUP.join(' ');
    const argumentsText = JSON.stringify({ [hostile]: [hostile, ...MARKUP], n: 1 });
    const rule = { pointer: `/tools/${hostile}`, source: hostile, line: 1 };
    const texts = { server: hostile, name: hostile, client: hostile, reason: hostile, rule, argumentsText };
    const first = put(inbox, { ...texts, checkArguments: () => hostile });
    const approval: Approval = { approved: true, how: 'approved', via: 'page', by: hostile, reason: hostile };
    inbox.decided(question({ ...texts, id: 'past1' }), approval, 'approved');
    const key = { digest: 'd', policy: 'p', definition: undefined, kind: 'tool' as const };
    grants.remember(
      { ...key, server: hostile, name: hostile },
      approval,
      { scope: 'call', for: 'session' },
      argumentsText,
    );
    await tab.goto(await host.link());
    const card = tab.locator('article');
    await card.waitFor();
    await tab.waitForTimeout(400);
    await card.getByRole('button', { name: 'Edit arguments' }).click();
    await tab.waitForTimeout(400);
    await card.getByRole('button', { name: 'Approve as edited' }).click();
    await card.getByRole('alert').getByText('<script>alert(1)</script>').waitFor();
    await tab.getByText('Arguments', { exact: true }).last().click();
    for (const place of ['h2', '.origin', '.reason', '.rule', '.json', '#remembered', '#decided'])
      expect(await tab.locator(place).first().innerText(), place).toContain('<script>alert(1)</script>');
    expect(await tab.locator('script, iframe, img, style, a, svg[onload]').count()).toBe(1);
    expect(await tab.locator('script').getAttribute('src')).toBe('/page.js');
    await tab.waitForTimeout(200);
    expect(seen).toEqual([]);
    await card.getByRole('button', { name: 'Deny' }).click();
    await first;
  });

  it('hides nothing', async () => {
    const { inbox, page: host } = await page();
    const argumentsText = `{${JSON.stringify(HIDDEN)}:"a\u202eb","escaped":"\\u0072\\u006d","n":1e400}`;
    void put(inbox, { server: HIDDEN, name: HIDDEN, client: HIDDEN, reason: HIDDEN, argumentsText });
    const tab = await newTab();
    await tab.goto(await host.link());
    const text = await tab.locator('article').innerText();
    const shown = 'pay\\u202eevas\\u200b\\u0000\\u001b[2J\\u2028\\udb40\\udc41\\u3164\\ufe0f';
    expect(text.split(shown)).toHaveLength(6);
    expect(text).toContain('"a\\u202eb"');
    expect(text).toContain('"escaped": "rm"');
    expect(text).toContain('"n": 1e400');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u200b-\u200f\u2028\u202e\u3164]/);
  });

  it('that passes for other letters is marked', async () => {
    const { inbox, page: host } = await page();
    const argumentsText = JSON.stringify({ to: 'p\u0430ypal.com', note: 'Привет, мир' });
    void put(inbox, { name: 'delete_\u0430ll', argumentsText });
    const tab = await newTab();
    await tab.goto(await host.link());
    const text = await tab.locator('article').innerText();
    expect(text).toContain('delete_\\u0430ll');
    expect(text).toContain('p\\u0430ypal.com');
    expect(text).toContain('Привет, мир');
  });

  it('of several lines cannot pass for what follows it', async () => {
    const { inbox, page: host } = await page();
    const fake = 'note\n"\n  "amount": 1\n}\n\nApprove once\n';
    void put(inbox, { argumentsText: JSON.stringify({ fake, amount: 9_999 }) });
    const tab = await newTab();
    await tab.goto(await host.link());
    const block = tab.locator('.lines');
    const [inner, outer] = [await block.boundingBox(), await tab.locator('.json').first().boundingBox()];
    expect(await block.innerText()).toContain('\\"amount\\": 1\\n');
    expect((inner?.x ?? 0) - (outer?.x ?? 0)).toBeGreaterThan(20);
  });

  it('that is very long, deep or wide stays within its place', async () => {
    const { inbox, page: host } = await page();
    const deep = `${'['.repeat(200)}1${']'.repeat(200)}`;
    const zalgo = `z${'\u0301'.repeat(400)}`;
    void put(inbox, {
      name: 'n'.repeat(3_000),
      server: 's'.repeat(2_000),
      reason: zalgo,
      argumentsText: deep,
    });
    void put(inbox, { id: 'second1', argumentsText: `{"a":"${'w'.repeat(15_000)}"}` });
    const tab = await newTab({ viewport: { width: 360, height: 740 } });
    await tab.goto(await host.link());
    await expect.poll(() => tab.locator('article').count()).toBe(2);
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    for (const name of ['approve', 'Deny']) {
      const buttons = await tab.getByRole('button', { name }).all();
      expect(buttons.length, name).toBeGreaterThanOrEqual(2);
      for (const each of buttons) expect(await each.isVisible(), name).toBe(true);
    }
  });
});

describe.skipIf(NO_CHROMIUM)('the link', () => {
  it('leaves no token behind, and the page can be loaded again', async () => {
    const { page: host } = await page();
    const tab = await newTab();
    const requests: string[] = [];
    tab.on('request', (request) => requests.push(request.url()));
    const link = await host.link();
    const { hash } = new URL(link);
    await tab.goto(link);
    await tab.getByText('Live').waitFor();
    expect(tab.url()).toBe(link.replace(hash, ''));
    expect(await tab.evaluate('history.length')).toBe(2);
    // What is kept is the session, which ends with the last process: never the link.
    expect(await tab.evaluate('document.cookie + Object.keys(localStorage)')).toBe('policy-wrap session');
    expect(await tab.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain(hash.slice(1));
    await tab.reload();
    await tab.getByText('Live').waitFor();
    for (const url of requests.filter((each) => each !== link)) expect(url).not.toContain(hash.slice(1));
    expect(await tab.content()).not.toContain(hash.slice(1));
  });

  it('that was used, or none, gets a page that says how to get a fresh one', async () => {
    const { page: host } = await page();
    const link = await host.link();
    await OpenPage.by(link);
    for (const [url, words] of [
      [link, 'This link has been used or is too old'],
      [link.replace(/#.*/, ''), 'This page needs a fresh link'],
      [link.replace(/#.*/, '#nonsense'), 'This link has been used or is too old'],
    ] as const) {
      const tab = await newTab();
      await tab.goto(url);
      await tab.getByText(words).waitFor();
      expect(await tab.locator('#gate').getByText('npx policy-wrap page').isVisible()).toBe(true);
      expect(await tab.getByText('Waiting for you').isVisible()).toBe(false);
    }
  });

  it('lets a bookmark in, and the tabs that wait for one', async () => {
    const { page: host } = await page();
    const bookmark = (await host.link()).replace(/#.*/, '');
    const waiting = await newTab();
    await waiting.goto(bookmark);
    await waiting.getByText('This page needs a fresh link').waitFor();
    const tab = await waiting.context().newPage();
    await tab.goto(await host.link());
    await tab.getByText('Live').waitFor();
    await waiting.getByText('Live').waitFor();
    const later = await waiting.context().newPage();
    await later.goto(bookmark);
    await later.getByText('Live').waitFor();
  });

  it('works in a tab that has the page already, and leads there from its other name', async () => {
    const { page: host } = await page();
    const tab = await newTab();
    await tab.goto((await host.link()).replace('127.0.0.1', 'localhost'));
    await tab.getByText('Live').waitFor();
    // What lets the browser in is kept for the one name at which nobody else can be.
    expect(new URL(tab.url()).hostname).toBe('127.0.0.1');
    const link = (await host.link()).replace('127.0.0.1', 'localhost');
    await tab.evaluate(`location.href = ${JSON.stringify(link)}`);
    await expect.poll(() => tab.url()).not.toContain('#');
    await tab.getByText('Live').waitFor();
  });
});

describe.skipIf(NO_CHROMIUM)('another site in the same browser', () => {
  it('can neither decide nor read, whatever it sends', async () => {
    const { inbox, name, page: host } = await page();
    const answer = put(inbox);
    const open = await OpenPage.by(await host.link());
    const at = `http://127.0.0.1:${open.port}`;
    // The worst case: it has found out all that is secret.
    const body = JSON.stringify({ inbox: name, id: 'abc234', decision: 'approve' });
    const token = new URL(await host.link()).hash.slice(1);
    const site = await otherSite(`
      <form method=post action="${at}/decide" enctype="text/plain" target=out><input name='${body.slice(0, -1)},"x":"' value='"}'></form>
      <iframe name=out></iframe><iframe id=framed src="${at}/"></iframe>
      <script src="${at}/page.js"></script><img src="${at}/events">
      <script>
        document.forms[0].submit();
        const headers = { authorization: 'Bearer ${open.session}', 'content-type': 'application/json' };
        const session = { authorization: 'Bearer ${token}', 'content-type': 'application/json' };
        const attempts = [
          () => fetch('${at}/decide', { method: 'POST', headers, body: ${JSON.stringify(body)} }),
          () => fetch('${at}/decide', { method: 'POST', mode: 'no-cors', headers, body: ${JSON.stringify(body)} }),
          () => fetch('${at}/session', { method: 'POST', headers: session, body: '{}' }),
          () => fetch('${at}/events', { headers }),
          () => fetch('${at}/page.js'),
        ];
        Promise.all(attempts.map((attempt) => attempt().then((r) => r.type === 'opaque' ? 'opaque' : r.text(), () => 'failed')))
          .then((results) => { document.title = 'done ' + results.join(' '); });
        navigator.sendBeacon('${at}/decide', ${JSON.stringify(body)});
      </script>`);
    const tab = await newTab();
    await tab.goto(site);
    await expect.poll(() => tab.title()).toMatch(/^done/);
    expect(await tab.title()).toBe('done failed failed failed failed failed');
    const framed = tab.frames().find((frame) => frame.parentFrame() !== null && frame.url().startsWith(at));
    expect((await framed?.content()) ?? '').not.toContain('Waiting for you');
    await tab.waitForTimeout(500);
    expect(inbox.state().waiting).toHaveLength(1);
    // Not even that token was used up.
    await OpenPage.by(`${at}/#${token}`);
    await inbox.decide('abc234', { decision: 'deny', via: 'page' });
    await answer;
  });

  it('whose name was pointed at this machine gets nothing', async () => {
    const { page: host } = await page();
    const port = portOf(await host.link());
    const tab = await newTab();
    const response = await tab.goto(`http://${REBOUND}:${port}/`);
    expect(response?.status()).toBe(421);
    const status = await tab.evaluate("fetch('/page.js').then(({ status }) => status)");
    expect(status).toBe(421);
    expect((await ask(port, '/')).status).toBe(200);
  });
});

describe.skipIf(NO_CHROMIUM)('whoever listens where the page was', () => {
  it('is not told the session', async () => {
    const { page: host } = await page();
    const link = await host.link();
    const tab = await newTab();
    await tab.goto(link);
    await tab.getByText('Live').waitFor();
    const told: string[] = [];
    const thief = createServer(({ url, headers }, response) => {
      told.push(`${url?.split('?', 1)[0]} ${headers.authorization ?? 'nothing'}`);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(['0'.repeat(64)]));
    });
    onTestFinished(() => void thief.close());
    host.close();
    await new Promise<void>((resolve) => {
      thief.on('error', () => setTimeout(() => thief.listen(portOf(link), '127.0.0.1'), 20));
      thief.listen(portOf(link), '127.0.0.1', resolve);
    });
    await tab.getByText('This page is no longer connected').waitFor();
    expect(told).toEqual(['/proof nothing']);
  });
});
