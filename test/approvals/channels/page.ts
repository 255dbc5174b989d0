<<<<<<< HEAD
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { privateFolders, surroundings } from '../../../src/approvals/private-folder.js';
import type { Place } from '../../e2e/place.js';
import { newTab } from '../chromium.js';
import { member } from '../page-place.js';
import { type Channel, heldCalls } from './channel.js';

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

/** A file lies wherever the private folder may be. */
function blockFolders(place: Place): void {
  for (const folder of privateFolders(surroundings(stateOf(place)))) {
    mkdirSync(path.dirname(folder), { recursive: true });
    writeFileSync(folder, '');
    onTestFinished(() => rmSync(folder, { force: true }));
  }
}

/** The card of a call, with all its arguments. Looked for within the page: a hundred of them are looked through often. */
async function cardOf(tab: Page, n: number): Promise<Locator> {
  const find = `[...document.querySelectorAll('article')]
    .find((card) => /"n": ${n}\\b/.test(card.textContent))?.dataset.key`;
  for (;;) {
    const key = (await tab.evaluate(find)) as string | undefined;
    if (key !== undefined) return tab.locator(`article[data-key="${key}"]`);
    const load = tab.locator(OPEN).getByRole('button', { name: /^Show all/ });
    if (await load.isVisible().catch(() => false)) await load.click().catch(() => {});
    await sleep(20);
  }
}

/** Says it as often as it takes: what has just appeared or moved cannot be answered. */
async function press(
  tab: Page,
  card: Locator,
  decision: 'approve' | 'deny',
  reason?: string,
): Promise<boolean> {
  const id = ((await card.getAttribute('data-key')) ?? '').split('/')[1];
  let counted: boolean | undefined;
  const heard = tab
    .waitForResponse(
      (response) =>
        response.url().endsWith('/decide') && (response.request().postDataJSON() as { id: string }).id === id,
      { timeout: 0 },
    )
    .then(async (response) => {
      counted = ((await response.json()) as { ok: boolean }).ok;
    })
    .catch(() => {});
  const isSettled = async () =>
    (await card.count()) === 0 || (await card.getAttribute('class'))?.includes('settled');
  while (counted === undefined && !(await isSettled())) {
    if (reason !== undefined)
      await card
        .getByPlaceholder('Reason')
        .fill(reason, { timeout: 500 })
        .catch(() => {});
    const name = decision === 'approve' ? 'Approve once' : 'Deny';
    await card
      .getByRole('button', { name })
      .dispatchEvent('click', {}, { timeout: 500 })
      .catch(() => {});
    await Promise.race([heard, sleep(500)]);
  }
  return counted ?? false;
}

/** The local web page. */
=======
import type { PageArguments, PageCall, PageState } from '../../../src/approvals/page-messages.js';
import { ask, type Got, OpenPage } from '../page-place.js';
import { breakFolders, type Channel, heldCalls } from './channel.js';

const isAbout = (n: number, call: PageCall) => new RegExp(`"n":${n}[,}]`).test(call.argumentsText ?? '');

/** The local page, spoken to as its script does; in a browser it is tested elsewhere. */
>>>>>>> main
export const page: Channel = {
  name: 'page',
  givesReasons: true,
  holds: true,
  showsLong: true,
<<<<<<< HEAD
  approvals: () => 'via: [page]',
  break: blockFolders,
  async open(place, wrapped) {
    const [first, second] = await openTabs(place).catch(() => []);
    const calls = heldCalls(wrapped);
    if (first === undefined || second === undefined)
      return { ...calls, asked: nobody, answer: nobody, waiting: nobody };
    let answers = 0;
    return {
      ...calls,
      asked: async (n) => ({ text: await (await cardOf(first, n)).innerText() }),
      async answer(n, decision, reason) {
        const tab = answers++ % 2 === 0 ? first : second;
        if ((await tab.locator('article').count()) === 0) return false;
        return press(tab, await cardOf(tab, n), decision, reason);
      },
      async waiting() {
        // What is told at once is shown a moment later.
        await sleep(500);
        return first.locator(OPEN).count();
=======
  showsRaw: true,
  approvals: () => 'via: [page]',
  break: breakFolders,
  async open(_place, wrapped) {
    let opened: Promise<OpenPage> | undefined;
    /** A browser does not open a hundred connections. */
    let turn: Promise<Got | undefined> = Promise.resolve(undefined);
    const seen = new Map<number, { desk: string; id: string }>();
    const open = async () => {
      opened ??= wrapped
        .told(/http:\/\/127\.0\.0\.1:\d+\/#\S+/)
        .then(() => OpenPage.by(wrapped.stderr.match(/http:\S+#[\w-]+/g)?.at(-1) ?? ''));
      return opened;
    };
    const waitingIn = ({ desks }: PageState) =>
      desks.flatMap(({ desk, waiting }) => waiting.map((call) => ({ desk, call })));
    /** Long arguments are asked for by the id, as there is one such call only. */
    const isIt = (n: number, call: PageCall) => call.argumentsText === undefined || isAbout(n, call);
    const find = async (n: number) => {
      const state = await (await open()).until((each) => waitingIn(each).some(({ call }) => isIt(n, call)));
      const found = waitingIn(state).find(({ call }) => isIt(n, call));
      if (found === undefined) throw new Error('what was there is gone');
      seen.set(n, { desk: found.desk, id: found.call.id });
      return found;
    };
    return {
      ...heldCalls(wrapped),
      asked: async (n) => void (await find(n)),
      async shown(n) {
        const { desk, call } = await find(n);
        return `${call.name} ${call.argumentsText ?? (await argumentsOf(await open(), desk, call.id))}`;
      },
      async answer(n, decision, reason) {
        const { desk, id } = seen.get(n) ?? { desk: '', id: '' };
        const at = await open();
        const before = turn;
        turn = before.then(() => at.post('/decide', { desk, id, decision, reason }));
        const got = await turn;
        return got?.status === 200 && (JSON.parse(got.text) as { ok?: boolean }).ok !== false;
      },
      waiting: async () => {
        const state = await (await open()).until(() => true);
        return waitingIn(state).length;
>>>>>>> main
      },
    };
  },
};

<<<<<<< HEAD
async function nobody(): Promise<never> {
  throw new Error('there is no page');
=======
async function argumentsOf({ port, headers }: OpenPage, desk: string, id: string): Promise<string> {
  const { text } = await ask(port, `/arguments?desk=${desk}&id=${id}`, { headers });
  return (JSON.parse(text) as PageArguments).argumentsText;
>>>>>>> main
}
