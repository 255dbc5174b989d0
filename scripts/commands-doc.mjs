// Writes the tables of options in docs/commands.md, between comments that name the command, from the declarations of the commands.
// With --check it writes nothing, and fails where the tables are not up to date.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const page = path.join(root, 'docs/commands.md');

const before = readFileSync(page, 'utf8');
const after = withTables(before, await declarations());
if (before === after) process.exit();
if (process.argv.includes('--check')) {
  console.error('docs/commands.md is not up to date; run: node scripts/commands-doc.mjs');
  process.exit(1);
}
writeFileSync(page, after);

/** The commands, without what carries them out. */
async function declarations() {
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-commands-'));
  try {
    const outfile = path.join(folder, 'commands.cjs');
    const contents = `
      export { POLICY_WRAP } from './src/cli/commands/policy-wrap.js';
      export * from './src/cli/commands/usage/spelling.js';`;
    const lazily = {
      name: 'lazily',
      setup({ onResolve }) {
        onResolve({ filter: /.*/ }, ({ kind, path: file }) =>
          kind === 'dynamic-import' ? { path: file, external: true } : undefined,
        );
      },
    };
    await build({
      stdin: { contents, resolveDir: root },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      plugins: [lazily],
    });
    return createRequire(import.meta.url)(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withTables(text, { POLICY_WRAP, optionFlags, optionSummary }) {
  return [...withNames(POLICY_WRAP)].reduce((result, [names, { options }]) => {
    const shown = Object.entries(options).filter(([, { hidden }]) => !hidden);
    if (shown.length === 0) return result;
    const rows = shown.map(([name, option]) => row(optionFlags(name, option), optionSummary(option)));
    const [begin, end] = [`<!-- options of ${names} -->`, '<!-- end of options -->'];
    const from = result.indexOf(`${begin}\n`);
    const to = result.indexOf(end, from);
    if (from < 0 || to < 0)
      throw new Error(`docs/commands.md has no place for the options of ${names}: ${begin}`);
    const table = ['| option | meaning |', '| --- | --- |', ...rows].join('\n');
    return `${result.slice(0, from)}${begin}\n${table}\n${result.slice(to)}`;
  }, text);
}

/** Every command that is not hidden, with its names. */
function* withNames(command, names = command.name) {
  yield [names, command];
  for (const each of command.commands) if (each.group) yield* withNames(each, `${names} ${each.name}`);
}

/** Options that are named in a text are set as code, as is what is in backticks already. */
function row(flags, summary) {
  const cell = (text) => text.replaceAll('|', '\\|');
  const code = flags.split(', ').map((flag) => `\`${flag}\``);
  return `| ${cell(code.join(', '))} | ${cell(summary.replace(/(?<!\S)--[a-z-]+/g, '`$&`'))} |`;
}
