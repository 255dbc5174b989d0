import { describe, expect, it } from 'vitest';
import { type ApprovalQuestion, ApprovalQueue } from '../../../src/approvals/queue/approval-queue.js';
import type { Approver } from '../../../src/approvals/queue/approver.js';
import { type CallKey, Grants } from '../../../src/approvals/queue/grants.js';
import type { ApprovalSettings } from '../../../src/core/policy/compile/approval-settings.js';
import type { Approval } from '../../../src/core/policy/decide/approval.js';

const HOUR = 3_600_000;
const YES: Approval = { approved: true, via: 'page', how: 'approved' };
const KEY: CallKey = {
  server: 's',
  kind: 'tool',
  name: 't',
  digest: 'd',
  policy: 'p',
  definition: undefined,
};
const SETTINGS = {
  via: ['page'],
  timeout: HOUR,
  hold: undefined,
  grant: HOUR,
  remember: 'offered',
  maxPending: 10,
} as unknown as ApprovalSettings;
const QUESTION = { server: 's', kind: 'tool', name: 't', argumentsText: '{}' } as unknown as ApprovalQuestion;

/** One person, who answers when told to, on a machine that sleeps when told to. */
function start(settings: Partial<ApprovalSettings> = {}) {
  let slept = 0;
  const clock = () => performance.now() + slept;
  let answer: (approval: Approval) => void = () => {};
  const approver: Approver = {
    via: ['page'],
    available: () => true,
    ask: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  };
  const grants = new Grants(clock);
  const queue = new ApprovalQueue([approver], grants, {}, clock);
  const ask = () =>
    queue.ask(KEY, QUESTION, { ...SETTINGS, ...settings }, new AbortController().signal, {
      unreached: undefined,
      others: 0,
    });
  const sleep = (milliseconds: number) => {
    slept += milliseconds;
  };
  return { ask, queue, sleep, answer: (approval: Approval) => answer(approval) };
}

describe('a question, while the machine sleeps', () => {
  it('can be answered as long as it lasts', async () => {
    const { ask, sleep, answer } = start();
    const asked = ask();
    sleep(HOUR / 2);
    answer(YES);
    expect(await asked).toMatchObject({ approved: true });
  });

  it('ends: a yes after it lets nothing go, however early after waking', async () => {
    const { ask, queue, sleep, answer } = start();
    const asked = ask();
    sleep(2 * HOUR);
    answer({ ...YES, remember: { scope: 'tool', for: 'session' } });
    expect(await asked).toMatchObject({ approved: false, how: 'unanswered' });
    expect(queue.known(KEY)).toBeUndefined();
  });

  it('ends without an answer soon after the machine wakes', async () => {
    const { ask, sleep } = start();
    const asked = ask();
    sleep(2 * HOUR);
    expect(await asked).toMatchObject({ approved: false, how: 'unanswered' });
  });

  it('lets its call go after it was held for long enough', async () => {
    const { ask, queue, sleep, answer } = start({ hold: HOUR / 4 });
    const asked = ask();
    sleep(HOUR / 2);
    expect(await asked).toMatchObject({ approved: false, how: 'pending', via: 'none', shownOn: ['page'] });
    answer(YES);
    await new Promise((resolve) => setImmediate(resolve));
    sleep(HOUR + 1);
    expect(queue.known(KEY), 'the late answer').toBeUndefined();
  });
});

it('what is remembered for a time ends while the machine sleeps', async () => {
  const { ask, queue, sleep, answer } = start();
  const asked = ask();
  answer({ ...YES, remember: { scope: 'call', for: HOUR } });
  expect(await asked).toMatchObject({ approved: true });
  sleep(HOUR / 2);
  expect(queue.known(KEY)).toBeDefined();
  sleep(HOUR / 2 + 1);
  expect(queue.known(KEY)).toBeUndefined();
});
