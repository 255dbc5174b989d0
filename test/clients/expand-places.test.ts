import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { filesAt } from '../../src/clients/expand-places.js';

it('finds the files that fit, in the order of their names', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-places-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['b/mcp.json', 'a/mcp.json', 'c/other.json', 'x.code-workspace']) {
    const file = path.join(folder, 'profiles', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '');
  }
  const found = (...parts: string[]) =>
    filesAt(path.join(folder, 'profiles', ...parts)).map((file) => path.relative(folder, file));
  // A name that is written out is looked for later, as any other.
  expect(found('*', 'mcp.json').filter((file) => /[ab]./.test(file))).toContain(
    path.join('profiles', 'a', 'mcp.json'),
  );
  expect(found('*.code-workspace')).toEqual([path.join('profiles', 'x.code-workspace')]);
  expect(found('*', '*.json')).toEqual(
    ['a/mcp.json', 'b/mcp.json', 'c/other.json'].map((name) => path.join('profiles', ...name.split('/'))),
  );
  expect(found('not', 'there.json')).toEqual([path.join('profiles', 'not', 'there.json')]);
  expect(found('nowhere', '*', 'x.json')).toEqual([]);
});
