import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Policy } from '../../../src/core/policy/compile/policy.js';
import { cutTools } from '../../../src/core/replies/tool-list.js';
import { skimEnvelope } from '../../../src/core/wire/server-envelope.js';
import { ToolLists } from '../../../src/proxy/peers/tool-lists.js';
import { VisibleLists } from '../../../src/proxy/server/visible-lists.js';
import { policyFrom } from '../../core/policy/policies.js';
import { cpuTime } from '../../cpu-time.js';
import { runs } from '../../runs.js';

const hiding = (pattern: string) =>
  policyFrom({ default: 'allow', tools: { [pattern]: { action: 'hide' } } });
const POLICIES = [hiding('hidden_*'), hiding('promote')];

/** One server with its client: what it gets of each line. */
class Session {
  readonly #toolLists = new ToolLists('server', () => {});
  readonly #visibleLists = new VisibleLists(this.#toolLists);

  shown(line: Buffer, policy: Policy) {
    const visible = this.#visibleLists.of(policy, line, this.#toolLists.add(line));
    if (visible === 'as it came') return line.toString('latin1');
    return 'flaw' in visible ? visible : visible.toString('latin1');
  }
}

/** The same without anything kept. */
function cut(line: Buffer, policy: Policy) {
  const text = line.toString('utf8').trimEnd();
  const hidden = (name: string) => new ToolLists('server', () => {}).isHidden(policy, name);
  const found = cutTools(text, hidden);
  if ('flaw' in found) return found;
  const passes = found.text === text && !text.includes('\ufffd');
  return passes ? line.toString('latin1') : Buffer.from(`${found.text}\n`).toString('latin1');
}

const TOOLS = [
  '{"name":"hidden_a","id":2}',
  '{"name":"read"}',
  '{"name":"promote","description":"\\"id\\":1}"}',
  '{"name":"hidden_\\u0062"}',
  '{"description":"\xff","name":"x"}',
  '{"name":"a","name":"hidden_c"}',
  '"promote"',
];
const IDS = ['1', '2', '10', '-3', '"1"', '"hidden_a"', '"a\\"b"', '1e3', '"\xe9"', 'null'];
const FORMS = [
  (id: string, result: string) => `{"jsonrpc":"2.0","id":${id},"result":${result}}\n`,
  (id: string, result: string) => `{"id": ${id} ,"result":${result},"jsonrpc":"2.0"}\n`,
  (id: string, result: string) => `{"result":${result},"jsonrpc":"2.0","id":${id}}\r\n`,
  (id: string, result: string) => `{"jsonrpc":"2.0","result":${result},"id":${id},"more":1}\n`,
  (id: string, result: string) => `{"id":${id},"result":${result},"id":${id}}\n`,
  (id: string, result: string) => `{"result":{"x":${result},"id":${id}}\n`,
];

it('a list that comes again shows what it would show the first time', () => {
  const written = fc.record({
    form: fc.nat(FORMS.length - 1),
    // Few kinds, so that lines that differ in their ids alone follow one another.
    tools: fc.constantFrom(TOOLS, TOOLS.slice(0, 3), TOOLS.slice(1, 2), TOOLS.slice(4), []),
    id: fc.constantFrom(...IDS),
    rest: fc.constantFrom('', ',"cacheScope":"public"'),
  });
  const step = fc.record({ ids: fc.array(fc.constantFrom(...IDS), { maxLength: 3 }), written });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.nat(9)),
      (steps, choice) => {
        const session = new Session();
        for (const { written: one, ids } of steps)
          for (const id of [one.id, ...ids]) {
            const result = `{"tools":[${one.tools.join(',')}]${one.rest}}`;
            const line = Buffer.from(FORMS[one.form]?.(id, result) ?? '', 'latin1');
            const policy = POLICIES[choice.next().value === 0 ? 1 : 0];
            if (policy) expect(session.shown(line, policy)).toEqual(cut(line, policy));
          }
      },
    ),
    runs(200),
  );
});

it('a line that is known as the latest list has the envelope that is read in it', () => {
  const bytes = (form: number, id: string, tools: string[]) =>
    Buffer.from(FORMS[form]?.(id, `{"tools":[${tools.join(',')}]}`) ?? '', 'latin1');
  const envelope = (line: Buffer) => skimEnvelope(line.toString('latin1').trimEnd());
  const written = fc.tuple(fc.nat(FORMS.length - 1), fc.constantFrom(...IDS), fc.subarray(TOOLS));
  fc.assert(
    fc.property(written, fc.constantFrom(...IDS), written, ([form, id, tools], nextId, other) => {
      const lists = new ToolLists('server', () => {});
      const line = bytes(form, id, tools);
      fc.pre(envelope(line).kind === 'response');
      lists.add(line);
      for (const next of [line, bytes(form, nextId, tools), bytes(...other)]) {
        const idText = lists.idOfLatest(next);
        const expected = idText === undefined ? envelope(next) : { kind: 'response', idText, failed: false };
        expect(envelope(next)).toEqual(expected);
      }
    }),
    runs(300),
  );
  const lists = new ToolLists('server', () => {});
  lists.add(bytes(2, '1', TOOLS));
  expect(lists.idOfLatest(bytes(2, '77', TOOLS))).toBe('77');
  expect(lists.idOfLatest(bytes(2, '77', TOOLS.slice(1)))).toBeUndefined();
});

it('a list that comes again is not read again, whatever its id', () => {
  const session = new Session();
  const tools = Array.from({ length: 10_000 }, (_, at) => `{"name":"${at % 9 ? 'read' : 'hidden'}_${at}"}`);
  const show = (id: number) => {
    const line = Buffer.from(`{"jsonrpc":"2.0","id":${id},"result":{"tools":[${tools.join(',')}]}}\n`);
    return cpuTime(() => POLICIES.slice(0, 1).map((policy) => session.shown(line, policy)));
  };
  const first = show(1);
  const others = [9, 10, 99, 100, 1_000].map(show);
  expect(Math.min(...others)).toBeLessThan(first / 5);
});
