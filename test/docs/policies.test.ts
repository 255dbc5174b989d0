import type { Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { conditionCompiler } from '../../src/conditions.js';
import { compile, followExtends } from '../../src/index.js';
import { formatDiagnostic, parsePolicy } from '../../src/yaml.js';
import { type Block, readPage, userPages } from './page.js';

const conditions = conditionCompiler({ home: '/home/ada', windows: false });
const blocks = userPages().flatMap((page) => page.blocks);
const named = (block: Block) => [`${block.page}:${block.line}`, block] as const;

/** Everything that is wrong with the text of a policy. */
function problemsOf(text: string): string[] {
  const { document, diagnostics } = parsePolicy(text, 'page');
  if (document === undefined) return diagnostics.map(formatDiagnostic);
  const followed = followExtends(document);
  const compiled = compile([followed.chain], 'my-server', conditions);
  return [...followed.diagnostics, ...compiled.diagnostics].map(formatDiagnostic);
}

/** A part of a policy with what its page says that it lacks: `<!-- fragment: version: 1, default: deny -->`. */
function whole({ marker, text }: Block): string {
  const [, rest = ''] = /^fragment: (.*)$/.exec(marker ?? '') ?? [];
  return `${rest.replaceAll(', ', '\n')}\n${text}\n`;
}

describe('the policies that pages show', () => {
  const policies = blocks.filter(({ language }) => language === 'yaml');

  it.each(policies.map(named))('%s', (_, block) => expect(problemsOf(whole(block))).toEqual([]));

  it('are many', () => expect(policies.length).toBeGreaterThan(4));

  it('would be found if they were wrong', () => {
    expect(problemsOf('version: 1\ndefault: denny\n')).toEqual([expect.stringContaining("'denny'")]);
    expect(problemsOf('version: 1\nextends: ./base.yaml\ndefault: deny\n')).not.toEqual([]);
  });
});

describe('the examples in the tables of docs/policy.md', () => {
  const tables = readPage('docs/policy.md').tokens.filter(
    (token): token is Tokens.Table => token.type === 'table',
  );
  const [keys = [], rule = []] = tables
    .filter(({ header }) => header.at(-1)?.text === 'example')
    .map(({ rows }) => rows.map((row) => row.at(-1)?.text.replaceAll('`', '') ?? ''));

  it.each(keys.filter((example) => !example.startsWith('see ')))('%s', (example) => {
    const rest = ['version: 1', 'default: deny'].filter(
      (line) => !example.startsWith(line.split(' ')[0] ?? ''),
    );
    expect(problemsOf([...rest, example].join('\n'))).toEqual([]);
  });

  it.each(rule)('a rule with %s', (example) =>
    expect(problemsOf(`version: 1\ndefault: deny\ntools:\n  a_tool:\n    ${example}\n`)).toEqual([]),
  );

  it('are many', () => expect(Math.min(keys.length - 15, rule.length)).toBeGreaterThan(5));
});

describe('the JSON that pages show', () => {
  const texts = blocks.filter(({ language }) => language === 'json');

  it.each(texts.map(named))('%s', (_, { text }) => expect(() => JSON.parse(text)).not.toThrow());

  it('is there', () => expect(texts.length).toBeGreaterThan(5));
});
