import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Syntax } from '../../src/clients/formats/config-text.js';
import { jsonc } from '../../src/clients/formats/jsonc.js';
import { toml } from '../../src/clients/formats/toml.js';
import { KNOWN_CLIENTS } from '../../src/clients/known-clients.js';
import { type FilePlan, planFile, type Task } from '../../src/clients/plan.js';
import { runs } from '../runs.js';
import { plain } from './plain.js';

const INSTALL: Task = {
  kind: 'install',
  runner: { words: ['npx', '-y', 'policy-wrap'], named: false },
  policy: 'as it is',
  records: [],
};

function planned(text: string, syntax: Syntax, task: Task): FilePlan {
  const name = syntax === toml ? 'codex' : 'cursor';
  const client = KNOWN_CLIENTS.find((each) => each.name === name);
  if (client === undefined) throw new Error(`${name} is not known`);
  const place = {
    file: 'config',
    project: undefined,
    format: 'json' as const,
    servers: [{ keys: [syntax === toml ? 'mcp_servers' : 'mcpServers'] }],
  };
  return planFile({ client, place, text, syntax }, task, () => true);
}

/** What must hold for every config. */
function checkRoundTrip(text: string, syntax: Syntax): void {
  const installed = planned(text, syntax, INSTALL);
  const again = planned(installed.after, syntax, INSTALL);
  expect(again.after).toBe(installed.after);
  for (const { change } of again.servers) expect(change.kind).not.toBe('change');
  const back = planned(installed.after, syntax, { kind: 'uninstall', records: installed.records });
  expect(back.after).toBe(text);
  const unknown = planned(installed.after, syntax, { kind: 'uninstall', records: [] });
  expect(withoutEmptyArguments(plain(syntax.read(unknown.after)))).toEqual(
    withoutEmptyArguments(plain(syntax.read(text))),
  );
}

/** Whether a list without anything in it was there at all is known from the record alone. */
function withoutEmptyArguments(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each) =>
      key === 'args' && Array.isArray(each) && each.length === 0 ? undefined : each,
    ),
  );
}

interface Server {
  command: string;
  args: string[] | undefined;
  env: Record<string, string> | undefined;
  first: 'command' | 'args' | 'env';
}

const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    'npx',
    '-y',
    '--',
    'C:\\x "y"',
    "it's",
    '\u{1f680}',
    '$HOME',
    '// no',
    '# no',
    '"""',
    "'''",
  ),
);
const server: fc.Arbitrary<Server> = fc.record({
  command: word.filter((text) => text !== ''),
  args: fc.option(fc.array(word, { maxLength: 4 }), { nil: undefined }),
  env: fc.option(fc.dictionary(word, word, { maxKeys: 2 }), { nil: undefined }),
  first: fc.constantFrom('command', 'args', 'env'),
});
const servers = fc.dictionary(word, server, { maxKeys: 4 });
/** Decides about white space, comments and forms: one number after the other, over and over. */
const choices = fc.array(fc.nat(99), { minLength: 1, maxLength: 40 });

function membersOf({ command, args, env, first }: Server): [string, unknown][] {
  const members: [string, unknown][] = [
    ['command', command],
    ['args', args],
    ['env', env],
  ];
  const present = members.filter(([, value]) => value !== undefined);
  return present.sort(([one], [other]) => Number(other === first) - Number(one === first));
}

/** Writes a value as JSON, spaced and commented at whim. */
function whimsicalJson(value: unknown, whim: () => number): string {
  const gap = () => ['', ' ', '\n', '\r\n\t', ' // c "x": {\n', '/* , ] */', '  '][whim() % 12] ?? '';
  const write = (each: unknown): string => {
    if (typeof each !== 'object' || each === null) return JSON.stringify(each);
    const list = Array.isArray(each);
    const parts = list
      ? each.map((item) => gap() + write(item) + gap())
      : Object.entries(each).map(
          ([key, item]) => `${gap()}${JSON.stringify(key)}${gap()}:${gap()}${write(item)}${gap()}`,
        );
    const end = parts.length > 0 && whim() % 4 === 0 ? `,${gap()}` : '';
    return `${list ? '[' : '{'}${parts.length > 0 ? parts.join(',') : gap()}${end}${list ? ']' : '}'}`;
  };
  return gap() + write(value) + gap();
}

/** Writes servers as TOML, in any of its forms. */
function whimsicalToml(all: Record<string, Server>, whim: () => number): string {
  const eol = whim() % 3 === 0 ? '\r\n' : '\n';
  const text = (value: string) =>
    whim() % 3 === 0 && /^[\x20-\x26\x28-\x7e]*$/.test(value) ? `'${value}'` : toml.literal(value);
  const key = (name: string) => (whim() % 3 === 0 ? toml.literal(name) : toml.key(name));
  const comment = () => (whim() % 3 === 0 ? ' # c = "x" [' : '');
  const break_ = () => (whim() % 3 === 0 ? `${comment()}${eol}  ` : '');
  const list = (items: readonly string[]) =>
    `[${items.map((item) => break_() + text(item)).join(',')}${items.length > 0 && whim() % 3 === 0 ? ',' : ''}${break_()}]`;
  const inline = (map: Record<string, string>) =>
    `{ ${Object.entries(map)
      .map(([name, value]) => `${key(name)} = ${text(value)}`)
      .join(', ')} }`;
  const value = (each: unknown) =>
    typeof each === 'string'
      ? text(each)
      : Array.isArray(each)
        ? list(each)
        : inline(each as Record<string, string>);
  const pairs = (each: Server, prefix: string) =>
    membersOf(each).map(([name, item]) => `${prefix}${name}${whim() % 2 ? ' = ' : '='}${value(item)}`);
  const blocks = Object.entries(all).map(([name, each]) => {
    switch (whim() % 3) {
      case 0:
        return `[mcp_servers.${key(name)}]${comment()}${eol}${pairs(each, '')
          .map((line) => `${whim() % 4 ? '' : '  '}${line}${comment()}${eol}`)
          .join('')}${whim() % 2 ? eol : ''}`;
      case 1:
        return `[mcp_servers]#${eol}${pairs(each, `${key(name)}.`)
          .map((line) => `${line}${comment()}${eol}`)
          .join('')}`;
      default:
        return `[mcp_servers]#${eol}${key(name)} = { ${pairs(each, '').join(', ')} }${comment()}${eol}`;
    }
  });
  // A table may be opened once only: what belongs to `mcp_servers` itself comes first, under one header.
  const head = `[mcp_servers]#${eol}`;
  const own = blocks.filter((block) => block.startsWith(head)).map((block) => block.slice(head.length));
  const others = blocks.filter((block) => !block.startsWith(head));
  return `model = "x"${comment()}${eol}${own.length > 0 ? head : ''}${own.join('')}${others.join('')}`;
}

function whimOf(numbers: readonly number[]): () => number {
  let at = 0;
  return () => numbers[at++ % numbers.length] ?? 0;
}

describe('any config', () => {
  it('of JSON makes the round trip', () => {
    fc.assert(
      fc.property(servers, choices, (all, numbers) => {
        const entries = Object.entries(all).map(([name, each]) => [
          name,
          Object.fromEntries(membersOf(each)),
        ]);
        const config = { before: 1, mcpServers: Object.fromEntries(entries), after: [{ mcpServers: 1 }] };
        checkRoundTrip(whimsicalJson(config, whimOf(numbers)), jsonc);
      }),
      runs(600),
    );
  });

  it('of TOML makes the round trip', () => {
    fc.assert(
      fc.property(servers, choices, (all, numbers) => {
        checkRoundTrip(whimsicalToml(all, whimOf(numbers)), toml);
      }),
      runs(600),
    );
  });

  it('with servers given by URL makes the round trip', () => {
    const remote = fc.record(
      {
        type: fc.constantFrom('http', 'sse', 'streamable-http'),
        url: fc.webUrl(),
        headers: fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/), word, { maxKeys: 3 }),
        disabled: fc.boolean(),
      },
      { requiredKeys: ['url'] },
    );
    fc.assert(
      fc.property(fc.dictionary(word, remote, { maxKeys: 4 }), choices, (all, numbers) => {
        const text = whimsicalJson({ mcpServers: all }, whimOf(numbers));
        const installed = planned(text, jsonc, INSTALL);
        const back = planned(installed.after, jsonc, { kind: 'uninstall', records: installed.records });
        expect(back.after).toBe(text);
        expect(planned(installed.after, jsonc, INSTALL).splices).toEqual([]);
      }),
      runs(300),
    );
  });
});
