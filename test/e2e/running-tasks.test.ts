import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { META } from './modern-session.js';
import { Place } from './place.js';
import { Wrapped } from './program.js';

/** A server that makes a task of each call, some of them late, and says of it what it is asked. */
const TASKS = `import { createInterface } from 'node:readline';
let made = 0;
const late = new Map();
const states = new Map();
let asked = 0;
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  const say = (message) => console.log(JSON.stringify({ jsonrpc: '2.0', ...message }));
  const answer = (result) => say({ id, result });
  if (method === 'tools/call') {
    const task = { taskId: 'task-' + ++made, status: 'working', ttl: params.arguments?.ttl ?? null };
    const result = params.task ? { task } : { resultType: 'task', ...task };
    if (params.arguments?.late) late.set(id, result);
    else answer(result);
  } else if (method === 'finish') {
    say({ id: params.id, ...(params.as ?? { result: late.get(params.id) }) });
    answer({});
  } else if (method === 'notify') {
    say({ method: 'notifications/tasks/status', params });
    answer({});
  } else if (method === 'become') {
    states.set(params.taskId, params.status);
    answer({});
  } else if (method === 'asked') {
    answer({ asked });
  } else if (params?.error) {
    say({ id, error: params.error });
  } else if (method === 'tasks/get' && ++asked && states.get(params.taskId) === 'forgotten') {
    say({ id, error: { code: -32602, message: 'Task not found' } });
  } else if (method === 'tasks/result')
    answer({ content: [], _meta: { 'io.modelcontextprotocol/related-task': { taskId: params.taskId } } });
  else answer(method === 'ping' ? {} : { taskId: params.taskId, status: params.status ?? states.get(params.taskId) ?? 'cancelled' });
});`;

const AS_TASK = { task: { ttl: 60_000 } };

/** The server, of whose tool x so many calls may run at once. */
function start(concurrency: number, more = '', rest = ''): Wrapped {
  const place = new Place();
  place.policy(`version: 1\ndefault: allow\ntools: { x: { concurrency: ${concurrency}${more} } }\n${rest}`);
  return Wrapped.script(place, TASKS);
}

it.each<[string, object, string, object]>([
  ['whose result was fetched', AS_TASK, 'tasks/result', {}],
  ['that is found to be complete', AS_TASK, 'tasks/get', { status: 'completed' }],
  [
    'that is found to be complete, in the era of 2026-07-28',
    { _meta: META },
    'tasks/get',
    { status: 'failed' },
  ],
  ['that was cancelled', AS_TASK, 'tasks/cancel', {}],
  ['that the server says has failed', AS_TASK, 'notify', { status: 'failed' }],
])(
  'concurrency: a task keeps the place of its call, and one %s gives it back',
  async (_, how, method, more) => {
    const wrapped = start(1);
    const call = async (id: number) =>
      JSON.stringify(await wrapped.request(id, 'tools/call', { name: 'x', ...how }));
    expect(await call(1)).toContain('task-1');
    expect(await call(2)).toContain('limited to 1 call at a time');
    await wrapped.request(3, 'tasks/get', { taskId: 'task-1', status: 'working' });
    await wrapped.request(4, 'tasks/get', { taskId: 'other', status: 'completed' });
    expect(await call(5)).toContain('limited to 1 call at a time');
    await wrapped.request(6, method, { taskId: 'task-1', ...more });
    expect(await call(7)).toContain('task-2');
    expect(await call(8)).toContain('limited to 1 call at a time');
  },
);

it('concurrency: a task that is to be kept for a moment only keeps its place, since it may go on', async () => {
  const wrapped = start(1);
  const call = (id: number) =>
    wrapped.request(id, 'tools/call', { name: 'x', arguments: { ttl: 500 }, ...AS_TASK });
  expect(JSON.stringify(await call(1))).toContain('task-1');
  expect(JSON.stringify(await call(2))).toContain('limited');
  await sleep(700);
  expect(JSON.stringify(await call(3))).toContain('limited');
});

it('concurrency: no task gives its place to another because there are many', async () => {
  const wrapped = start(1_001);
  const call = (id: number) => wrapped.request(id, 'tools/call', { name: 'x', ...AS_TASK });
  // What counts for no limit takes nothing from what is known of those that do.
  for (const [first, name] of [
    [0, 'y'],
    [1_000, 'x'],
  ] as const)
    for (let id = first; id < first + 1_000; id++)
      wrapped.send({ id, method: 'tools/call', params: { name, ...AS_TASK } });
  expect(JSON.stringify(await call(2_000))).toContain('task-2001');
  expect(wrapped.lines.join('')).not.toContain('limited');
  expect(JSON.stringify(await call(2_001))).toContain('limited to 1001 calls at a time');
  await wrapped.request(2_002, 'tasks/get', { taskId: 'task-1001', status: 'completed' });
  expect(JSON.stringify(await call(2_003))).toContain('task-2002');
  expect(JSON.stringify(await call(2_004))).toContain('limited to 1001 calls at a time');
});

/** Calls, and takes the call back while the server works on it. */
async function abandon(wrapped: Wrapped, id: number, how: object, timesOut: boolean): Promise<void> {
  wrapped.send({ id, method: 'tools/call', params: { name: 'x', arguments: { late: true }, ...how } });
  if (timesOut) await wrapped.answer(id);
  else wrapped.send({ method: 'notifications/cancelled', params: { requestId: id } });
}

describe.each([
  ['cancelled', '', false],
  ['that has timed out', ', timeout: 2', true],
])('concurrency: a call %s', (_, more, timesOut) => {
  it.each([
    ['a result', { result: { content: [] } }],
    ['an error', { error: { code: -32000, message: 'cancelled' } }],
    ['a task that has ended', { result: { task: { taskId: 'task-1', status: 'cancelled' } } }],
  ])('keeps its place when it asked for a task, until the server answers with %s', async (_case, as) => {
    const wrapped = start(1, more);
    const call = async (id: number) =>
      JSON.stringify(await wrapped.request(id, 'tools/call', { name: 'x', ...AS_TASK }));
    await abandon(wrapped, 1, AS_TASK, timesOut);
    expect(await call(2)).toContain('limited to 1 call at a time');
    await wrapped.request(3, 'finish', { id: 1, as });
    expect(await call(4)).toContain('task-2');
  });

  it('keeps its place when it asked for a task, and that was made, until it has ended', async () => {
    const wrapped = start(1, more);
    const call = async (id: number) =>
      JSON.stringify(await wrapped.request(id, 'tools/call', { name: 'x', ...AS_TASK }));
    await abandon(wrapped, 1, AS_TASK, timesOut);
    await wrapped.request(2, 'finish', { id: 1 });
    expect(await call(3)).toContain('limited to 1 call at a time');
    await wrapped.request(4, 'tasks/get', { taskId: 'task-1', status: 'completed' });
    expect(await call(5)).toContain('task-2');
    expect(await call(6)).toContain('limited to 1 call at a time');
  });

  it('gives its place back when it did not ask for a task, and takes one again if that was made', async () => {
    const wrapped = start(1, more);
    const call = async (id: number) =>
      JSON.stringify(await wrapped.request(id, 'tools/call', { name: 'x', _meta: META }));
    await abandon(wrapped, 1, { _meta: META }, timesOut);
    expect(await call(2)).toContain('task-2');
    await wrapped.request(3, 'finish', { id: 1 });
    await wrapped.request(4, 'tasks/get', { taskId: 'task-2', status: 'completed' });
    expect(await call(5)).toContain('limited to 1 call at a time');
    await wrapped.request(6, 'tasks/get', { taskId: 'task-1', status: 'completed' });
    expect(await call(7)).toContain('task-3');
  });
});

it.each([
  ['when nobody has asked for one', { task: { taskId: 'a', status: 'working' } }],
  [
    'with what looks like an error beside it',
    { task: { taskId: 'a', status: 'working' }, _meta: { isError: true } },
  ],
  [
    'when it asks for more at once',
    { resultType: 'task', taskId: 'a', inputRequests: { q: { method: 'elicitation/create', params: {} } } },
  ],
])('concurrency: a task counts %s', async (_, result) => {
  const wrapped = start(1);
  const call = async (id: number) =>
    JSON.stringify(await wrapped.request(id, 'tools/call', { name: 'x', ...AS_TASK }));
  const params = { name: 'x', arguments: { late: true } };
  wrapped.send({
    id: 1,
    method: 'tools/call',
    params: 'task' in result ? params : { ...params, _meta: META },
  });
  await wrapped.request(2, 'finish', { id: 1, as: { result } });
  expect(await call(3)).toContain('limited to 1 call at a time');
  await wrapped.request(4, 'tasks/get', { taskId: 'a', status: 'failed' });
  expect(await call(5)).toContain('task-2');
});

describe.each([
  ['passed on', ''],
  ['judged', 'methods: { "*": allow }\n'],
])('concurrency: where requests for tasks are %s', (_, rest) => {
  it.each<[string, string, string, object]>([
    ['frees a place when the task has failed', 'failed', 'tasks/result', { asked: 1 }],
    ['frees none when the task goes on', 'working', 'tasks/result', { asked: 1 }],
    ['frees none when the server has forgotten the task', 'forgotten', 'tasks/result', { asked: 1 }],
    ['says nothing where it answers another request', 'failed', 'tasks/cancel', { asked: 0 }],
  ])('an error %s', async (_case, status, method, asked) => {
    const wrapped = start(1, '', rest);
    const call = async (id: number) =>
      JSON.stringify(await wrapped.request(id, 'tools/call', { name: 'x', ...AS_TASK }));
    expect(await call(1)).toContain('task-1');
    await wrapped.request(2, 'become', { taskId: 'task-1', status });
    const error = { code: -32602, message: 'not found, or not done, or done badly' };
    for (const [id, taskId] of [
      [3, 'other'],
      [4, 7],
      [5, 'task-1'],
    ] as const)
      expect(await wrapped.request(id, method, { taskId, error })).toMatchObject({ id, error });
    expect(await wrapped.request(6, 'asked')).toMatchObject({ result: asked });
    const isFree = status === 'failed' && method === 'tasks/result';
    expect(await call(7)).toContain(isFree ? 'task-2' : 'limited to 1 call at a time');
    expect(wrapped.lines).toHaveLength(7);
    expect(wrapped.stderr).not.toContain('was not sent');
  });
});
