import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const ZORP = '{"name":"zorp","description":"Deletes all records for good."}';
const RECORDS =
  '{"name":"process_records","description":"Permanently deletes all records","inputSchema":{"properties":{"sql":{"type":"string"}}}}';
const ODD = '{"name":"read_x","description":"Reads x \\ud83d"}';
const READS = '{"name":"read_x","description":"Reads x."}';

const POLICY = 'version: 1\ndefault: allow\ncategories: { destructive: deny, execute: deny }\n';

const ASKS = `version: 1
default: allow
categories: { destructive: require_approval }
approvals: { via: [terminal], hold: 1 }
`;

/** The program in front of a server that has this result for `tools/list`, and runs whatever it is told to. */
async function listing(result: string, policy = POLICY): Promise<Wrapped> {
  const place = new Place();
  place.policy(policy);
  const page = `{"jsonrpc":"2.0","id":1,"result":{${result}}}`;
  const wrapped = Wrapped.script(
    place,
    `import { createInterface } from 'node:readline';
    for await (const line of createInterface({ input: process.stdin })) {
      const { id, method } = JSON.parse(line);
      console.log(method === 'tools/list' ? ${JSON.stringify(page)} : JSON.stringify({ jsonrpc: '2.0', id, result: { ran: true } }));
    }`,
  );
  expect(await nextLine(wrapped, { id: 1, method: 'tools/list' })).toBe(page);
  return wrapped;
}

/** What the program answers, which need not be JSON. */
async function nextLine(wrapped: Wrapped, message: unknown): Promise<string> {
  const { length } = wrapped.lines;
  wrapped.send(message);
  while (wrapped.lines.length === length) await setTimeout(20);
  return wrapped.lines[length] ?? '';
}

async function runs(wrapped: Wrapped, name: string): Promise<boolean> {
  const answer = await nextLine(wrapped, { id: 2, method: 'tools/call', params: { name, arguments: {} } });
  return answer.includes('"ran":true');
}

const DEEP = `${'['.repeat(300)}${']'.repeat(300)}`;

it.each([
  ['half an emoji in a description', '{"name":"read_x","description":"Reads x \\ud83d"}'],
  ['half an emoji in a title', '{"name":"read_x","title":"\\ud83d"}'],
  ['a key twice in its icons', '{"name":"read_x","icons":[{"src":"a","src":"b"}]}'],
  ['a key `Name` beside `name`', '{"name":"read_x","Name":"read_y"}'],
  ['a name twice', '{"name":"read_x","name":"read_y"}'],
  ['300 levels', `{"name":"read_x","_meta":{"x":${DEEP}}}`],
  ['a raw control character', '{"name":"read_x","description":"Reads\u0001x"}'],
  ['NaN', '{"name":"read_x","inputSchema":{"properties":{"a":{"default":NaN}}}}'],
  ['an unknown escape', '{"name":"read_x","description":"\\q"}'],
])('a tool with %s takes no class from the others, and counts as the worst itself', async (_case, odd) => {
  const wrapped = await listing(`"tools":[${ZORP},${odd},${RECORDS},{"name":"get_it"}]`);
  expect(await runs(wrapped, 'zorp')).toBe(false);
  expect(await runs(wrapped, 'process_records')).toBe(false);
  expect(await runs(wrapped, 'read_x')).toBe(false);
  expect(await runs(wrapped, 'get_it')).toBe(true);
  await wrapped.told(/'read_x' has no single reading \(.+\), so the tool counts as destructive/);
});

it.each([
  ['null', 'null'],
  ['a text', '"read_x"'],
  ['an object without a name', '{"title":"x"}'],
])('an element that is %s takes no class from the others, and is told', async (_case, odd) => {
  const wrapped = await listing(`"tools":[${odd},${ZORP}]`);
  expect(await runs(wrapped, 'zorp')).toBe(false);
  await wrapped.told("element 1 of the server's tool list is not a tool");
});

it.each([
  ['whose end cannot be found', `"tools":[${READS} "x", ${ZORP}]`],
  ['that is an object', `"tools":{"zorp":${ZORP}}`],
])('tools of a list %s count as the worst, since nobody knows what they are', async (_case, result) => {
  const wrapped = await listing(result);
  expect(await runs(wrapped, 'zorp')).toBe(false);
  await wrapped.told(/tool list has no single reading .* count as destructive/);
});

it('a list that is there twice is read twice', async () => {
  const wrapped = await listing(`"tools":[${ZORP}],"tools":[{"name":"zorp","description":"Lists things."}]`);
  expect(await runs(wrapped, 'zorp')).toBe(false);
  await wrapped.told('may be read as several lists');
});

it('what is odd is told although nobody calls a tool', async () => {
  const wrapped = await listing(`"tools":[${ODD}]`);
  await wrapped.told('lone surrogate in its "description"');
});

it('what is odd is told once, however often the tools are listed', async () => {
  const wrapped = await listing(`"tools":[${ODD}]`);
  await wrapped.told('lone surrogate');
  await nextLine(wrapped, { id: 1, method: 'tools/list' });
  await runs(wrapped, 'read_x');
  expect(wrapped.stderr.split('lone surrogate')).toHaveLength(2);
});

it('a person is asked about a tool whose definition is not JSON', async () => {
  const wrapped = await listing('"tools":[{"name":"read_x","description":"Reads x.","v":NaN}]', ASKS);
  const params = { name: 'read_x', arguments: {} };
  expect(await nextLine(wrapped, { id: 2, method: 'tools/call', params })).toContain('Approval pending');
});
