import { readFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where some words are in a file, as a stack says it: the file, the line and the column, from 1. */
function placeOf(file: string, words: string): string {
  const before = readFileSync(path.join(ROOT, file), 'utf8').split(words)[0] ?? '';
  const lines = before.split('\n');
  return `${file}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

async function read(stack: string): Promise<string> {
  const { stdout } = await execa(process.execPath, [path.join(ROOT, 'scripts/stack.mjs')], { input: stack });
  return stdout;
}

describe('the stack of an internal error', () => {
  // Each literal is found as it is in the source and in one built file.
  it.each([
    ['dist/shared.cjs', 'src/proxy/relay.ts', 'internal error, so the session ends'],
    ['dist/shared.cjs', 'src/core/json/string.ts', 'control character in a string'],
    ['dist/shared-policy.cjs', 'src/config/yaml/parse.ts', 'the file is nested too deeply'],
  ])('leads from %s to the line of %s', async (built, source, words) => {
    const place = placeOf(built, words);
    const [file = '', line = ''] = placeOf(source, words).split(':');
    const stack = `Error: x\n    at Ke (/opt/a b/node_modules/policy-wrap/${place})\n`;
    expect(await read(stack)).toMatch(new RegExp(`^Error: x\n {4}at Ke \\(${file}:${line}:\\d+\\)$`));
  });

  it('is read as the program prints it', async () => {
    const program = "require('./dist/index.cjs').compile(null)";
    const { stderr } = await execa(process.execPath, ['-e', program], { cwd: ROOT, reject: false });
    expect(stderr).toMatch(/^ {4}at .*shared\.cjs:\d+:\d+\)$/m);
    expect(await read(stderr)).toMatch(/^ {4}at .*\(src\/core\/policy\/compile\/compile\.ts:\d+:\d+\)$/m);
  });

  it('is read however places are written, and the rest is left as it is', async () => {
    const place = placeOf('dist/shared.cjs', 'internal error, so the session ends');
    const stack = [
      'TypeError: x is (not) a function at dist',
      `    at async C:\\npm\\policy-wrap\\${place.replace('/', '\\')}`,
      `    at file:///opt/${place}`,
      '    at node:internal/process/task_queues:95:5',
      '    at Object.<anonymous> (/opt/dist/unknown.cjs:1:2)',
    ];
    const lines = (await read(stack.join('\n'))).split('\n');
    expect(lines[1]).toMatch(/^ {4}at async src\/proxy\/relay\.ts:\d+:\d+$/);
    expect(lines[2]).toMatch(/^ {4}at src\/proxy\/relay\.ts:\d+:\d+$/);
    expect([lines[0], lines[3], lines[4]]).toEqual([stack[0], stack[3], stack[4]]);
  });
});
