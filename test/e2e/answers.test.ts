import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const policy = (limit: number) => `version: 1
default: allow
audit: { file: false }
tools:
  deny_this: deny
  secret_tool: hide
  "ask_*": require_approval
  write_note: { rate_limit: { max: ${limit}, window: 60 } }
  never_answers: { timeout: 0.2 }
  get_late: { timeout: 0.4 }
  slow: { concurrency: 3 }
`;

const TOOLS = [
  'read_note',
  'read_note',
  'deny_this',
  'secret_tool',
  'ask_this',
  'write_note',
  'never_answers',
  'get_late',
  'slow',
  'get_twice',
  'get_wrong_id',
  'get_noise',
  'get_error',
];
const ANSWERS = [
  { result: { action: 'accept', content: { decision: 'allow_once' } } },
  { result: { action: 'decline' } },
  { error: { code: -32603, message: 'no' } },
];

/** The same numbers for the same seed (mulberry32), so that what fails fails again. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Answers each question once, after a while, in whatever order that gives. */
function answerQuestions(wrapped: Wrapped, random: (below: number) => number): NodeJS.Timeout {
  let seen = 0;
  return setInterval(() => {
    for (; seen < wrapped.lines.length; seen++) {
      const { id, method } = JSON.parse(wrapped.lines[seen] ?? '') as { id?: string; method?: string };
      if (method !== 'elicitation/create') continue;
      const answer = ANSWERS[random(ANSWERS.length)];
      setTimeout(() => wrapped.send({ id, ...answer }), random(600));
    }
  }, 20);
}

it.each([1, 2, 3])(
  'every request gets exactly one answer, or none when it was cancelled (seed %i)',
  async (seed) => {
    const random = randomFrom(seed);
    const place = new Place();
    place.policy(policy(10));
    const wrapped = Wrapped.recorder(place);
    await wrapped.request('start', 'initialize', {
      protocolVersion: '2025-11-25',
      capabilities: { elicitation: {} },
    });
    const answering = answerQuestions(wrapped, random);
    const cancelled = new Set<number>();
    for (let id = 0; id < 400; id++) {
      const name = TOOLS[random(TOOLS.length)];
      wrapped.send({ id, method: 'tools/call', params: { name, arguments: { id } } });
      if (random(8) === 0) {
        const requestId = Math.max(0, id - random(6));
        cancelled.add(requestId);
        wrapped.send({ method: 'notifications/cancelled', params: { requestId } });
      }
      if (random(20) === 0) place.policy(policy(random(50) + 1));
      if (random(10) === 0) await sleep(random(30));
    }
    await sleep(1_200);
    clearInterval(answering);
    // What the server never answers is answered when it ends.
    wrapped.send({ id: 'end', method: 'tools/call', params: { name: 'get_exit' } });
    await wrapped.process;

    const answers = new Map<unknown, number>();
    for (const line of wrapped.lines) {
      const { id, method } = JSON.parse(line) as { id?: unknown; method?: string };
      if (method === undefined) answers.set(id, (answers.get(id) ?? 0) + 1);
    }
    const wrong = Array.from({ length: 400 }, (_, id) => ({ id, count: answers.get(id) ?? 0 })).filter(
      ({ id, count }) => count > 1 || (count === 0 && !cancelled.has(id)),
    );
    expect(wrong).toEqual([]);
    expect(answers.size).toBeLessThanOrEqual(402);
    expect(wrapped.rest).toBe('');
  },
);
