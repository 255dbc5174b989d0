import { expect, it, onTestFinished } from 'vitest';
import { PageHttpServer } from '../../../src/approvals/page/server/http-server.js';
import { PageTokens } from '../../../src/approvals/page/server/page-tokens.js';
import { followed, put, servedInbox, stateFolder } from '../inbox/inbox-place.js';
import { ask, OpenPage } from './page-place.js';

const DAY = 24 * 60 * 60_000;

it('an open page is told no more when its session has ended, and one of a later session is', async () => {
  let now = Date.now();
  const keys = new PageTokens(
    () => {},
    () => now,
  );
  const state = stateFolder();
  const { inbox } = await servedInbox(state);
  const server = new PageHttpServer(followed(state), keys, new Map(), () => {});
  await server.listen(0);
  onTestFinished(() => server.close());
  const link = () => `http://127.0.0.1:${server.port}/#${keys.newToken()}`;

  const early = await OpenPage.by(link());
  const earlyStates = early.states();
  await earlyStates.next();
  // The machine has slept for a day.
  now += DAY;
  const late = await OpenPage.by(link());
  const lateStates = late.states();
  await lateStates.next();
  void put(inbox, { argumentsText: '{"secret":"later"}' });
  const told: unknown[] = [];
  await expect(
    (async () => {
      for await (const each of earlyStates) told.push(each);
    })(),
  ).rejects.toThrow();
  expect(JSON.stringify(told)).not.toContain('later');
  await expect.poll(() => server.tabs).toBe(1);
  for (const target of ['/events', '/arguments?inbox=a&id=b'])
    expect(await ask(server.port, target, { headers: early.headers })).toMatchObject({
      status: 401,
      text: expect.stringContaining('fresh link'),
    });
  for await (const each of lateStates) if (JSON.stringify(each).includes('later')) break;
});

it('an open page on which nothing happens ends with its session too', async () => {
  let now = Date.now();
  const keys = new PageTokens(
    () => {},
    () => now,
  );
  const server = new PageHttpServer(followed(stateFolder()), keys, new Map(), () => {});
  await server.listen(0);
  onTestFinished(() => server.close());
  const open = await OpenPage.by(`http://127.0.0.1:${server.port}/#${keys.newToken()}`);
  const states = open.states();
  await states.next();
  now += DAY;
  await expect(states.next()).rejects.toThrow();
}, 20_000);

it('a session that is used lasts on, and is proved all the time', () => {
  let now = Date.now();
  const keys = new PageTokens(
    () => {},
    () => now,
  );
  const [used = '', unused = ''] = [1, 2].map(() => keys.redeem(keys.newToken()));
  for (let hours = 0; hours < 100; hours += 2) {
    expect(keys.admits(used)).toBe(true);
    now += DAY / 12;
  }
  expect(keys.proofs('challenge')).toHaveLength(1);
  expect(keys.admits(unused)).toBe(false);
  now += DAY;
  expect(keys.admits(used)).toBe(false);
});
