import path from 'node:path';
import { exportsOf, type House } from './house.js';

/** Each chosen package has one home, a folder or a file, so that it can be replaced in one place. */
export const HOMES: Readonly<Record<string, readonly string[]>> = {
  // The schema of the policy file, and what other processes send to the inbox and to the host of the page.
  'zod/mini': ['core/policy/document/', 'approvals/inbox/inbox-schema.ts', 'approvals/page/host-message.ts'],
  '@bufbuild/cel': ['core/policy/conditions/'],
  '@bufbuild/re2': ['core/policy/conditions/'],
  '@bufbuild/protobuf': ['core/policy/conditions/'],
  '@cfworker/json-schema': ['approvals/editing/'],
  'cross-spawn': ['platform/processes/'],
  cosmiconfig: ['config/search-folder.ts'],
  'jsonc-parser': ['clients/formats/jsonc.ts', 'clients/formats/reader-flaws.ts'],
  'smol-toml': ['cli/init/import-source.ts'],
  sarif: ['cli/policy/reporters/sarif.ts'],
  yaml: ['config/yaml/', 'config/edit/'],
  '@clack/prompts': ['cli/terminal/'],
  open: ['approvals/page/server/open-browser.ts'],
  commander: ['cli/program.ts', 'cli/commands/'],
  'fast-string-width': ['cli/terminal/text-width.ts'],
  picocolors: ['cli/terminal/paint.ts'],
  '../examples/amazon-mq/stand-in.js': ['cli/demo/demo.ts'],
};

/** Folders that run where there is no Node. */
const WITHOUT_NODE = ['core/', 'approvals/page/browser/'];

/** What the browser's side of the page may know of the rest. */
const KNOWN_TO_PAGE = [
  'approvals/inbox/inbox-state.ts',
  'approvals/queue/remembered-call.ts',
  'approvals/page/server/page-messages.ts',
  'core/json/indent.ts',
  'core/shown/cut-rows.ts',
  'core/shown/hidden-text.ts',
  'core/shown/lookalike-letters.ts',
  'core/text/visible.ts',
];

const MOST_FILES = 12;
const MOST_LINES = 250;
const MEDIAN_LINES = 80;

export function fullFolders({ files }: House): string[] {
  const counts = new Map<string, number>();
  for (const file of files.keys()) {
    const folder = path.posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > MOST_FILES)
    .map(([folder, count]) => `${folder}: ${count} files`);
}

export function homelessPackages({ imports }: House, homes = HOMES): string[] {
  return imports
    .filter(({ to, isPackage }) => isPackage && !to.startsWith('node:'))
    .filter(
      ({ from, to }) =>
        !homesOf(to, homes).some((home) => from === home || (home.endsWith('/') && from.startsWith(home))),
    )
    .map(({ from, to }) => `${from}: ${to}`);
}

function homesOf(specifier: string, homes: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const name = specifier.startsWith('@')
    ? /^[^/]+\/[^/]+/.exec(specifier)?.[0]
    : /^[^/]+/.exec(specifier)?.[0];
  return (Object.hasOwn(homes, specifier) ? homes[specifier] : homes[name ?? '']) ?? [];
}

export function repeatedExports({ files }: House): string[] {
  const owners = new Map<string, string[]>();
  for (const [file, text] of files)
    for (const name of new Set(exportsOf(file, text))) owners.set(name, [...(owners.get(name) ?? []), file]);
  return [...owners].filter(([, all]) => all.length > 1).map(([name, all]) => `${name}: ${all.join(', ')}`);
}

export function nodeOutOfPlace({ imports }: House): string[] {
  return imports
    .filter(
      ({ from, to }) => to.startsWith('node:') && WITHOUT_NODE.some((folder) => from.startsWith(folder)),
    )
    .map(({ from, to }) => `${from}: ${to}`);
}

export function unknownToPage({ imports }: House): string[] {
  const home = 'approvals/page/browser/';
  return imports
    .filter(({ from, to }) => from.startsWith(home) && !to.startsWith(home) && !KNOWN_TO_PAGE.includes(to))
    .map(({ from, to }) => `${from} → ${to}`);
}

/** Files that are too long to be read at once, and names that say nothing. */
export function badFiles({ files }: House): string[] {
  return [...files].flatMap(([file, text]) => [
    ...(linesOf(text) > MOST_LINES ? [`${file}: ${linesOf(text)} lines`] : []),
    ...(/\b(utils?|helpers?|common|managers?|misc)\b/i.test(file.replace(/[-_]/g, ' '))
      ? [`${file}: its name says nothing`]
      : []),
  ]);
}

/** The median number of lines of a file, where it is too high. */
export function longMedian({ files }: House): string[] {
  const lengths = [...files.values()].map(linesOf).sort((one, other) => one - other);
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
  return median > MEDIAN_LINES ? [`the median file has ${median} lines`] : [];
}

function linesOf(text: string): number {
  return text.split('\n').length - 1;
}

/** Stdout is the protocol's in `run`: beside the commands, nobody writes to it by name. */
export function writersToStdout({ files }: House): string[] {
  return [...files]
    .filter(
      ([file, text]) => !file.startsWith('cli/') && /console\.(?:log|info)|process\.stdout\.write/.test(text),
    )
    .map(([file]) => file);
}

/** Methods that are not invented yet pass, so no SDK reads what passes. */
export function forbiddenPackages({ imports }: House): string[] {
  return imports
    .filter(({ to }) => to.startsWith('@modelcontextprotocol/'))
    .map(({ from, to }) => `${from}: ${to}`);
}

/** The language's own `normalize` takes the square of the marks in a row, so only one file calls it, which bounds them. */
export function looseNormalForms({ files }: House): string[] {
  return [...files]
    .filter(([file, text]) => file !== 'core/text/fold.ts' && /\.normalize\((?:'NF|\))/.test(text))
    .map(([file]) => file);
}
