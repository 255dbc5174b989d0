import { expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const HIDE = 'version: 1\ndefault: allow\ntools: { "secret_*": hide, promote: hide }\n';

/** The line that the client gets for what the server answers to tools/list. */
async function listed(
  answer: string,
  policy = HIDE,
): Promise<{ line: string; place: Place; wrapped: Wrapped }> {
  const place = new Place();
  place.policy(policy);
  const wrapped = Wrapped.script(
    place,
    `process.stdin.once('data', () => process.stdout.write(${JSON.stringify(`${answer}\n`)}));
    process.stdin.on('end', () => process.exit());`,
  );
  await wrapped.request(1, 'tools/list');
  return { line: wrapped.lines[0] ?? '', place, wrapped };
}

const tool = (name: string) =>
  `{ "inputSchema":{"type":"object","maximum":9223372036854775807,"é":"\\u00e9"} , "name":"${name}","_meta":{"x":1e400}}`;
const list = (names: string[], rest = '') =>
  `{"id":1, "jsonrpc":"2.0","result":{"tools":[${names.map(tool).join(' , ')}]${rest}}}`;

it.each([
  ['in the middle', ['a', 'promote', 'b'], ['a', 'b']],
  ['first', ['secret_1', 'a', 'b'], ['a', 'b']],
  ['last', ['a', 'b', 'secret_1', 'secret_2'], ['a', 'b']],
  ['everywhere', ['secret_1', 'a', 'promote', 'b', 'secret_2'], ['a', 'b']],
  ['alone', ['promote'], []],
  ['nowhere', ['a', 'b'], ['a', 'b']],
])('a hidden tool %s is cut out, and the rest stays byte for byte', async (_case, names, left) => {
  const rest = ' , "nextCursor":"","unknown":-0.0,"_meta":{"n":12345678901234567890}';
  const { line } = await listed(list(names, rest));
  expect(line).toBe(list(left, rest));
});

it.each([
  ['with hidden tools', ['a', 'promote']],
  ['without any', ['a']],
])('a page %s is nobody else’s when the policy hides tools', async (_case, names) => {
  const { line } = await listed(list(names, ',"ttlMs":60000,"cacheScope":"public"'));
  expect(line).toBe(list(['a'], ',"ttlMs":60000,"cacheScope":"private"'));
});

it('a page stays public when nothing is hidden', async () => {
  const page = list(['a', 'promote'], ',"ttlMs":60000,"cacheScope":"public"');
  expect((await listed(page, 'version: 1\ndefault: allow\n')).line).toBe(page);
});

it.each([
  ['tools that are no list', '{"jsonrpc":"2.0","id":1,"result":{"tools":{"name":"promote"}}}'],
  ['tools twice', '{"jsonrpc":"2.0","id":1,"result":{"tools":[],"tools":[{"name":"promote"}]}}'],
  ['an end that cannot be found', `${list(['a', 'promote']).slice(0, -3)} "x"]}}`],
])(
  'a list with %s is refused when the policy hides tools, since nobody can say what is in it',
  async (_case, page) => {
    const { line, wrapped } = await listed(page);
    expect(JSON.parse(line)).toMatchObject({ id: 1, error: { code: -32603 } });
    expect(line).not.toContain('promote');
    await wrapped.told('the client gets an error in its place');
  },
);

it.each([
  ['half an emoji in its description', '{"name":"odd","description":"cut off \\ud83d"}', true],
  ['a key twice in its schema', '{"name":"odd","inputSchema":{"type":"object","type":"object"}}', true],
  ['300 levels', `{"name":"odd","_meta":${'['.repeat(300)}${']'.repeat(300)}}`, true],
  ['a name twice', '{"name":"odd","name":"strange"}', true],
  ['a hidden second name', '{"name":"odd","name":"promote"}', false],
  ['a raw control character', '{"name":"odd","description":"\u0001"}', false],
  ['NaN', '{"name":"odd","_meta":NaN}', false],
  ['no name', '{"title":"odd"}', false],
  ['nothing in it', 'null', false],
])('a tool with %s does not take the others from the client', async (_case, odd, stays) => {
  const page = list(['a', 'promote', 'b']);
  const withOdd = (text: string) => text.replace(tool('a'), `${tool('a')} , ${odd}`);
  const { line, wrapped } = await listed(withOdd(page));
  expect(line).toBe(stays ? withOdd(list(['a', 'b'])) : list(['a', 'b']));
  await wrapped.told(/policy-wrap: .*(odd|element 2)/);
});

it('what is not UTF-8 cannot be read as something else by the client', async () => {
  const place = new Place();
  place.policy(HIDE);
  // An overlong quote, which careless decoders take for one.
  const page = list(['a']).replace('\\u00e9', '@@');
  const wrapped = Wrapped.script(
    place,
    `const [before, after] = ${JSON.stringify(page)}.split('@@');
    process.stdin.once('data', () => process.stdout.write(Buffer.concat(
      [Buffer.from(before), Buffer.from([0xc0, 0xa2]), Buffer.from(after + '\\n')])));
    process.stdin.on('end', () => process.exit());`,
  );
  await wrapped.request(1, 'tools/list');
  expect(wrapped.lines).toEqual([page.replace('@@', '\ufffd\ufffd')]);
});

it.each([
  ['passes when nothing is hidden', 'version: 1\ndefault: allow\n'],
  ['passes when the policy only observes', `${HIDE}mode: observe\n`],
])('such a list %s', async (_case, policy) => {
  const page = '{"jsonrpc":"2.0","id":1,"result":{"tools":{"title":"x"}}}';
  expect((await listed(page, policy)).line).toBe(page);
});

it('a list beside an error that is null is a list', async () => {
  const { line } = await listed(list(['a', 'promote']).replace(/}$/, ',"error":null}'));
  expect(line).toBe(list(['a']).replace(/}$/, ',"error":null}'));
});

it('a list that is refused is written down', async () => {
  const { place, wrapped } = await listed('{"jsonrpc":"2.0","id":1,"result":{"tools":{"name":"promote"}}}');
  await wrapped.end();
  expect(place.audit()).toMatchObject([{ outcome: 'refused', reason: expect.stringContaining('tool list') }]);
});

it('an error instead of a list passes', async () => {
  const answer = '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no tools: promote"}}';
  expect((await listed(answer)).line).toBe(answer);
});

it('a tool that is callable under a condition stays in the list', async () => {
  const policy =
    'version: 1\ndefault: allow\ntools: { promote: [{ when: args.a == 1, action: allow }, deny] }\n';
  expect((await listed(list(['a', 'promote']), policy)).line).toBe(list(['a', 'promote']));
});
