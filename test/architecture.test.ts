import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = path.resolve(import.meta.dirname, '../src');
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(path.sep).join('/'));

/** What each folder may import from; siblings not named here do not know each other. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  platform: ['core'],
  limits: ['core', 'platform'],
  approvals: ['core', 'platform', 'proxy'],
  audit: ['core', 'platform', 'proxy'],
  config: ['core', 'platform'],
  servers: ['core', 'platform'],
  clients: ['core', 'platform'],
  proxy: ['core', 'platform', 'config', 'limits', 'approvals', 'audit'],
  cli: ['core', 'platform', 'config', 'limits', 'approvals', 'audit', 'proxy', 'servers', 'clients'],
  '.': ['core', 'platform', 'config', 'cli'],
};

/** Each chosen package has one home, so that it can be replaced in one place. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  'zod/mini': [
    'core/policy/document/schema.ts',
    'core/policy/document/schema-flaws.ts',
    'core/policy/document/json-schema.ts',
  ],
  '@bufbuild/cel': [
    'core/policy/conditions/cel.ts',
    'core/policy/conditions/type-check.ts',
    'core/policy/conditions/equality.ts',
  ],
  '@bufbuild/protobuf/wkt': ['core/policy/conditions/cel.ts'],
  '@cfworker/json-schema': ['approvals/editing/argument-schema.ts'],
  'cross-spawn': [
    'proxy/streams/server-process.ts',
    'servers/mcp-client.ts',
    'approvals/program/run-program.ts',
  ],
  yaml: [
    'config/yaml/source.ts',
    'config/yaml/parse.ts',
    'config/yaml/expansion.ts',
    'config/yaml/syntax.ts',
    'config/yaml/structure.ts',
    'config/yaml/locate.ts',
    'config/policy-file.ts',
    'config/edit/insert.ts',
    'config/yaml/foreign-source.ts',
  ],
  '@clack/prompts': ['cli/terminal/ask.ts'],
  open: ['approvals/page/server/open-browser.ts'],
  'env-paths': ['platform/user-folders.ts'],
  commander: [
    'cli/program.ts',
    'cli/commands/approvals.ts',
    'cli/commands/clients.ts',
    'cli/commands/servers.ts',
  ],
  'cli-table3': ['cli/terminal/table.ts'],
  picocolors: ['cli/demo/demo.ts', 'cli/policy/explain.ts', 'cli/terminal/paint.ts', 'cli/policy/test.ts'],
};

interface Import {
  from: string;
  specifier: string;
}

const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(path.join(SOURCE, from), 'utf8');
  const found = text.matchAll(
    /(?:^(?:import|export)\b[^'"]*?from\s+|\bimport\s*\(\s*|^import\s+)['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => ({ from, specifier: match[1] ?? '' }));
});

function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : '.';
}

function packageOf(specifier: string): string {
  const [scope = '', name = '', ...rest] = specifier.split('/');
  if (Object.hasOwn(HOMES, specifier)) return specifier;
  return scope.startsWith('@')
    ? `${scope}/${name}`
    : Object.hasOwn(HOMES, [scope, name, ...rest].join('/'))
      ? specifier
      : scope;
}

describe('the shape of the house', () => {
  it('has files to look at', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(imports.length).toBeGreaterThan(100);
  });

  it.each(
    imports
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ from, specifier }) => [from, specifier]),
  )('%s may import %s', (from, specifier) => {
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier));
    const example = target.startsWith('../examples/') && from === 'cli/demo/demo.ts';
    const [source, wanted] = [folderOf(from), folderOf(target)];
    expect(
      example || source === wanted || MAY_IMPORT[source]?.includes(wanted),
      `${source} → ${wanted}`,
    ).toBe(true);
  });

  it.each(
    imports
      .filter(({ specifier }) => !/^\.|^node:/.test(specifier))
      .map(({ from, specifier }) => [from, specifier]),
  )('%s is a home of %s', (from, specifier) => {
    expect(HOMES[packageOf(specifier)], `${specifier} has no home`).toContain(from);
  });

  it('keeps Node out of the core', () => {
    expect(
      imports.filter(({ from, specifier }) => folderOf(from) === 'core' && specifier.startsWith('node:')),
    ).toEqual([]);
  });

  it('keeps the page that a browser runs apart: it knows of the rest what is said to it, and what hides text', () => {
    const page = imports.filter(({ from }) => from.startsWith('approvals/page/browser/'));
    expect(page.length).toBeGreaterThan(20);
    const others = page
      .map(({ from, specifier }) => path.posix.join(path.posix.dirname(from), specifier))
      .filter((target) => !target.startsWith('approvals/page/browser/'));
    expect(new Set(others)).toEqual(
      new Set([
        'approvals/inbox/inbox-state.js',
        'approvals/page/server/page-messages.js',
        'core/text/visible.js',
      ]),
    );
  });

  it('keeps the protocol SDK out of the program', () => {
    expect(imports.filter(({ specifier }) => specifier.includes('modelcontextprotocol'))).toEqual([]);
  });

  it.each(files)('%s is short and has a name that says something', (file) => {
    expect(readFileSync(path.join(SOURCE, file), 'utf8').split('\n').length).toBeLessThanOrEqual(251);
    expect(file).not.toMatch(/util|helper|common|manager|misc/i);
  });

  it('has files of a size that can be read at once', () => {
    const lengths = files
      .map((file) => readFileSync(path.join(SOURCE, file), 'utf8').split('\n').length)
      .sort((one, other) => one - other);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(100);
  });

  it('writes to stdout in one place of the proxy only', () => {
    const writers = files.filter((file) =>
      /console\.log|process\.stdout\.write/.test(readFileSync(path.join(SOURCE, file), 'utf8')),
    );
    expect(writers.filter((file) => folderOf(file) !== 'cli')).toEqual([]);
  });
});
