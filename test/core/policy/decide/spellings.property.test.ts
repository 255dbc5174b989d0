import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../../src/core/policy/compile/policy.js';
import type { Call } from '../../../../src/core/policy/decide/call.js';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import { sampleCall } from '../../../../src/core/policy/decide/sample-call.js';
import { combine } from '../../../../src/core/policy/decide/settle.js';
import { isStricter } from '../../../../src/core/policy/decide/verdicts.js';
import { runs } from '../../../runs.js';
import { policyFrom, type Written } from '../policies.js';

const ruling = (policy: Policy, call: Call) => combine(decide(policy, call));
const callOf = (kind: 'tool' | 'resource', name: string, argumentsText = '{}') =>
  sampleCall({ kind, name, argumentsText, server: 'server', now: 0 });

/** One of several changes of a text, each at a place that a number chooses. */
type Change = (text: string, at: number) => string;

function respelled(text: string, changes: readonly (readonly [Change, number])[]): string {
  return changes.reduce((changed, [change, at]) => change(changed, at), text);
}
const changesOf = (all: readonly Change[]) =>
  fc.array(fc.tuple(fc.constantFrom(...all), fc.nat({ max: 1_000 })), { minLength: 1, maxLength: 3 });

const replacedAt = (text: string, at: number, change: (character: string) => string) => {
  const index = at % text.length;
  return text.slice(0, index) + change(text[index] ?? '') + text.slice(index + 1);
};
const insertedAt = (text: string, at: number, what: string) => {
  const index = at % (text.length + 1);
  return text.slice(0, index) + what + text.slice(index);
};

const action = fc.constantFrom('allow', 'require_approval', 'deny');
const entries = (patterns: readonly string[], entry: fc.Arbitrary<unknown> = action) =>
  fc.dictionary(fc.constantFrom(...patterns), entry, { maxKeys: 5, noNullPrototype: true });

describe('a spelling gets no milder decision than the plain one', () => {
  it('of a URI, however servers may read it', () => {
    const conditional = fc.record({
      when: fc.constantFrom(
        'args.uri.startsWith("file:///etc/")',
        '!args.uri.startsWith("file:///pub/")',
        'args.uri.contains("secret")',
        'glob(args.uri, "https://intern.example/*")',
      ),
      action: fc.constantFrom('deny', 'require_approval'),
    });
    const patterns = [
      'file:///etc/*',
      'file:///etc/secret/key',
      'file:///pub/*',
      'file:///*',
      'https://intern.example/*',
      'https://intern.example/secret',
      'https://*',
      '*secret*',
      '*',
    ];
    const resources = entries(
      patterns,
      fc.oneof(
        action,
        fc.tuple(conditional, action).map(([rule, rest]) => [rule, rest]),
      ),
    );
    const plain = fc.constantFrom(
      'file:///etc/secret/key',
      'file:///etc/hosts',
      'file:///pub/a',
      'https://intern.example/secret',
      'https://intern.example/a/b',
    );
    /** Changes what stands behind the host; a file has none. */
    const inPath = (uri: string, at: number, change: (text: string, at: number) => string) => {
      const authority = uri.indexOf('://') + 3;
      const start = uri.trim().toLowerCase().startsWith('file:') ? authority : uri.indexOf('/', authority);
      return start < 3 ? uri : uri.slice(0, start) + change(uri.slice(start), at);
    };
    const encoded = (character: string) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
    const slashes = (uri: string, at: number, change: string) =>
      inPath(uri, at, (text, where) => {
        const all = [...text.matchAll(/\//g)].map(({ index }) => index);
        const index = all[where % all.length];
        if (index === undefined) return text;
        return text.slice(0, index) + change + text.slice(index + 1);
      });
    const changes = changesOf([
      (uri, at) => inPath(uri, at, (text, where) => replacedAt(text, where, encoded)),
      (uri, at) =>
        inPath(uri, at, (text, where) =>
          replacedAt(text, where, (character) => encoded(character).replace('%', '%25')),
        ),
      (uri, at) => slashes(uri, at, '//'),
      (uri, at) => slashes(uri, at, '/./'),
      (uri, at) => slashes(uri, at, '/x/../'),
      (uri, at) => slashes(uri, at, '/pub/%2e%2e/'),
      (uri, at) => slashes(uri, at, '\\'),
      (uri) => uri.replace(/^\w+/, (scheme) => scheme.toUpperCase()),
      (uri) => uri.replace('intern.example', 'Intern.Example'),
      (uri) => uri.replace('intern.example/', 'intern.example:443/'),
      (uri) => uri.replace('intern.example/', 'intern.example./'),
      (uri) => uri.replace('//intern', '//user@intern'),
      (uri) => uri.replace('file:///', 'file://localhost/'),
      (uri) => `${uri}#part`,
      (uri) => (uri.startsWith('file:') ? `${uri}?x=1` : uri),
      (uri) => ` ${uri}\n`,
      (uri, at) => insertedAt(uri, at, '\t'),
    ]);
    let restricted = 0;
    fc.assert(
      fc.property(resources, plain, changes, (written, uri, changed) => {
        const policy = policyFrom({ default: 'deny', resources: written as Written['resources'] });
        const other = respelled(uri, changed);
        const usual = ruling(policy, callOf('resource', uri)).action;
        const found = ruling(policy, callOf('resource', other)).action;
        expect(isStricter(usual, found), `${uri}: ${usual}; ${JSON.stringify(other)}: ${found}`).toBe(false);
        if (usual !== 'allow' && other !== uri) restricted++;
      }),
      runs(800),
    );
    expect(restricted).toBeGreaterThan(150);
  });

  it('of the name of a tool, for servers that compare names carelessly', () => {
    const names = ['list_keys', 'delete_key', 'run_task', 'pay_bill', 'send_x', 'frobnicate'];
    const tools = entries([...names, 'list_*', 'delete_*', '*_key', 'd*', '*s', '?un_*', '*x', '*']);
    const changes = changesOf([
      (name, at) => replacedAt(name, at, (character) => character.toUpperCase()),
      (name) => name.toUpperCase(),
      (name, at) =>
        replacedAt(name, at, (character) =>
          /[a-z]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 0xfee0) : character,
        ),
      (name, at) => insertedAt(name, at, '\u200b'),
      (name, at) => insertedAt(name, at, '\u2060'),
      (name) => `${name} `,
      (name) => ` ${name}`,
      (name) => `${name}\u0000`,
      (name) => name.replace('s', '\u017f'),
      (name) => name.replace('k', '\u212a'),
    ]);
    let restricted = 0;
    fc.assert(
      fc.property(tools, action, fc.constantFrom(...names), changes, (written, rest, name, changed) => {
        const policy = policyFrom({ default: rest, tools: written } as Written);
        const other = respelled(name, changed);
        const usual = ruling(policy, callOf('tool', name)).action;
        const found = ruling(policy, callOf('tool', other)).action;
        expect(isStricter(usual, found), `${name}: ${usual}; ${JSON.stringify(other)}: ${found}`).toBe(false);
        if (usual !== 'allow' && other !== name) restricted++;
      }),
      runs(800),
    );
    expect(restricted).toBeGreaterThan(150);
  });

  it('of a number, and it shares the counter of the plain one', () => {
    const number = fc.constantFrom(
      ['2', '2.0', '2e0', '20e-1', '0.2E1', '2.000', '200e-2'],
      ['0', '-0', '0.0', '0e9', '-0.0'],
      ['150', '1.5e2', '15E1', '150.0'],
      ['-3', '-3.0', '-30e-1'],
      ['0.5', '5e-1', '0.50'],
    );
    const when = fc.constantFrom(
      'args.n > 1',
      'args.n >= 2',
      'args.n < 1',
      'args.n == 2',
      'args.n != 2',
      'args.n in [2, 150]',
      '!(args.n in [0, -3])',
      'int(args.n) == 2',
      'string(args.n) == "2"',
      'double(args.n) == 0.5',
      '[1, 2, 150].exists(x, x == args.n)',
      'args == {"n": 2}',
    );
    const rule = fc.record({ when, action });
    let restricted = 0;
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 3 }),
        action,
        number,
        fc.nat(),
        (rules, rest, all, at) => {
          const tools = {
            t: [...rules, { rate_limit: { max: 1, window: 60, key: 'args.n' } }],
          } as Written['tools'];
          const policy = policyFrom({ default: rest as 'allow', tools, repeat: { max: 1, window: 60 } });
          const [plain = ''] = all;
          const other = all[at % all.length] ?? plain;
          const usual = ruling(policy, callOf('tool', 't', `{"n":${plain}}`));
          const found = ruling(policy, callOf('tool', 't', `{"n":${other}}`));
          expect(
            isStricter(usual.action, found.action),
            `${plain}: ${usual.action}; ${other}: ${found.action}`,
          ).toBe(false);
          const rates = ({ charges }: typeof found) =>
            charges.flatMap(({ limit, counter }) => (limit.kind === 'rate' ? [counter] : []));
          if (found.action === usual.action) expect(rates(found)).toEqual(rates(usual));
          if (usual.action !== 'allow' && other !== plain) restricted++;
        },
      ),
      runs(800),
    );
    expect(restricted).toBeGreaterThan(150);
  });
});
