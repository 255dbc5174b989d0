import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createWhole } from '../../../src/platform/files/create-file.js';

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'policy-wrap-whole-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** What the system says where there are no hard links. */
function without(code: string): () => never {
  return () => {
    throw Object.assign(new Error(`${code}: link`), { code });
  };
}

describe.each([
  ['with hard links', undefined],
  ['where they are not permitted', without('EPERM')],
  ['where they are not supported', without('ENOTSUP')],
  ['where they are not known', without('ENOSYS')],
])('a whole file, %s', (_, link) => {
  it('is made once, says what the first one said, and leaves nothing else behind', () => {
    const place = folder();
    const file = path.join(place, 'host-1');
    expect([createWhole(file, 'one', link), createWhole(file, 'other', link)]).toEqual([true, false]);
    expect(readFileSync(file, 'utf8')).toBe('one');
    expect(readdirSync(place)).toEqual(['host-1']);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is told where it cannot be made', () => {
    expect(() => createWhole(path.join(folder(), 'nowhere', 'host-1'), 'one', link)).toThrow('ENOENT');
  });
});

it('no other failure is taken for the lack of hard links', () => {
  const place = folder();
  expect(() => createWhole(path.join(place, 'host-1'), 'one', without('EIO'))).toThrow('EIO');
  expect(readdirSync(place)).toEqual([]);
});
