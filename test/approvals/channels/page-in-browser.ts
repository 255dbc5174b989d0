import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';
import type { Place } from '../../e2e/place.js';
import { newTab } from '../page/chromium.js';
import { member } from '../page/page-place.js';
import { breakFolders, type Channel, heldCalls } from './channel.js';

const OPEN = 'article:not(.settled)';

/** Two people, each with the page in a browser of their own. It is open before anything is asked. */
async function openTabs(place: Place): Promise<Page[]> {
  const host = await member(stateOf(place));
  const links = [await host.link(), await host.link()];
  return Promise.all(
    links.map(async (link) => {
      const tab = await newTab();
      await tab.goto(link);
      await tab.getByText('Live').waitFor();
      return tab;
    }),
  );
}

const stateOf = (place: Place) => path.join(place.folder, 'state', 'policy-wrap');

/** The key of the card of a call, with all its arguments. Looked for within the page: a hundred of them are looked through often. */
async function keyOf(tab: Page, n: number): Promise<string> {
  const find = `[...document.querySelectorAll('article')]
    .find((card) => /"n": ${n}\\b/.test(card.textContent))?.dataset.key`;
  for (;;) {
    const key = (await tab.evaluate(find)) as string | undefined;
    if (key !== undefined) return key;
    const load = tab.locator(OPEN).getByRole('button', { name: /^Show all(:| \d)/ });
    if (await load.isVisible().catch(() => false)) await load.click().catch(() => {});
    await sleep(20);
  }
}

/** Says it as often as it takes: what has just appeared or moved cannot be answered. */
async function press(
  tab: Page,
  key: string,
  decision: 'approve' | 'deny',
  reason?: string,
): Promise<boolean> {
  const card = tab.locator(`${OPEN}[data-key="${key}"]`);
  const name = decision === 'approve' ? 'Approve once' : 'Deny';
  const isIt = (request: Request) =>
    request.url().endsWith('/decide') && (request.postDataJSON() as { id: string }).id === key.split('/')[1];
  let sent: Promise<boolean> | undefined;
  tab.on('request', (request) => {
    if (isIt(request)) sent = answerTo(request);
  });
  while (sent === undefined && (await card.count()) > 0) {
    if (reason !== undefined)
      await card
        .getByPlaceholder('Reason')
        .fill(reason, SHORTLY)
        .catch(() => {});
    await card
      .getByRole('button', { name })
      .dispatchEvent('click', {}, SHORTLY)
      .catch(() => {});
    await sleep(100);
  }
  return (await sent) ?? false;
}

const SHORTLY = { timeout: 500 };

async function answerTo(request: Request): Promise<boolean> {
  const response = await request.response();
  return response !== null && ((await response.json()) as { ok: boolean }).ok;
}

/** The local web page, as its person has it before the eyes. */
export const pageInBrowser: Channel = {
  name: 'page in a browser',
  givesReasons: true,
  holds: true,
  showsLong: true,
  approvals: () => 'via: [page]',
  break: breakFolders,
  async open(place, wrapped) {
    const [first, second] = await openTabs(place).catch(() => []);
    const calls = heldCalls(wrapped);
    if (first === undefined || second === undefined)
      return { ...calls, asked: nobody, shown: nobody, answer: nobody, waiting: nobody };
    let answers = 0;
    return {
      ...calls,
      asked: async (n) => void (await keyOf(first, n)),
      shown: async (n) => first.locator(`article[data-key="${await keyOf(first, n)}"]`).innerText(),
      async answer(n, decision, reason) {
        const tab = answers++ % 2 === 0 ? first : second;
        if ((await tab.locator('article').count()) === 0) return false;
        return press(tab, await keyOf(tab, n), decision, reason);
      },
      waiting: () => first.locator(OPEN).count(),
    };
  },
};

async function nobody(): Promise<never> {
  throw new Error('there is no page');
}
