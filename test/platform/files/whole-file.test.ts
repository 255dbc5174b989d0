import crypto from 'node:crypto';
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createWhole, DraftFile, replaceWhole } from '../../../src/platform/files/whole-file.js';
import { withoutRoot } from '../../skip.js';

const POSIX = process.platform !== 'win32';
const notRoot = withoutRoot('to give a file to somebody else');

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
  ['where Windows finds no word for it', without('EISDIR')],
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

/** A file with a draft for it. */
function drafted(text: string, options: ConstructorParameters<typeof DraftFile>[2] = {}) {
  const place = folder();
  const file = path.join(place, 'a.yaml');
  const draft = new DraftFile(file, text, options);
  onTestFinished(() => draft.discard());
  return { place, file, draft };
}

/** All that is random is this text until the test is over. */
function randomIs(hex: string): void {
  vi.spyOn(crypto, 'randomBytes').mockImplementation(() => Buffer.from(hex, 'hex'));
  syncBuiltinESMExports();
  onTestFinished(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });
}

const modeOf = (file: string) => statSync(file).mode & 0o7777;

describe('a draft', () => {
  it('is all there beside its file, for whom it was made, and goes', () => {
    const { place, file, draft } = drafted('text', { mode: 0o600 });
    expect(path.dirname(draft.path)).toBe(place);
    expect(readFileSync(draft.path, 'utf8')).toBe('text');
    if (POSIX) expect(modeOf(draft.path)).toBe(0o600);
    expect(() => statSync(file)).toThrow('ENOENT');
    draft.discard();
    draft.discard();
    expect(readdirSync(place)).toEqual([]);
  });

  it.each([
    ['with hard links', linkSync],
    ['without', without('EPERM')],
  ])('makes a file with its own rights, once: %s', (_, link) => {
    const { place, file, draft } = drafted('text', { mode: 0o640 });
    expect(draft.create(false, link)).toBe(true);
    draft.discard();
    expect(readFileSync(file, 'utf8')).toBe('text');
    if (POSIX) expect(modeOf(file)).toBe(0o640);
    const other = new DraftFile(file, 'other');
    expect(other.create(false, link)).toBe(false);
    other.discard();
    expect(readFileSync(file, 'utf8')).toBe('text');
    expect(readdirSync(place)).toEqual(['a.yaml']);
  });

  it.each([
    [false, []],
    [true, ['a.yaml']],
  ])(
    'that is gone when it should fill the file leaves an empty one only where that stays: %s',
    (stays, left) => {
      const { place, draft } = drafted('text');
      rmSync(draft.path);
      expect(() => draft.create(stays, without('EPERM'))).toThrow('ENOENT');
      expect(readdirSync(place)).toEqual(left);
    },
  );

  it('is written over nothing that is there already, also not through a link', () => {
    const place = folder();
    randomIs('00ff00ff00ff');
    writeFileSync(path.join(place, 'theirs'), 'theirs');
    writeFileSync(path.join(place, '.a.yaml.00ff00ff00ff'), 'theirs');
    expect(() => new DraftFile(path.join(place, 'a.yaml'), 'text')).toThrow('EEXIST');
    expect(readFileSync(path.join(place, '.a.yaml.00ff00ff00ff'), 'utf8')).toBe('theirs');
    if (!POSIX) return;
    symlinkSync('theirs', path.join(place, '.b.yaml.00ff00ff00ff'));
    symlinkSync('nothing', path.join(place, '.c.yaml.00ff00ff00ff'));
    for (const name of ['b.yaml', 'c.yaml'])
      expect(() => replaceWhole(path.join(place, name), 'text')).toThrow('EEXIST');
    expect(readFileSync(path.join(place, 'theirs'), 'utf8')).toBe('theirs');
    expect(readdirSync(place)).not.toContain('nothing');
  });

  it('takes the place of a file that has not changed, with its rights', () => {
    const { place, file, draft } = drafted('new', { mode: 0o600 });
    writeFileSync(file, 'old');
    chmodSync(file, 0o664);
    expect(draft.replaceUnchanged(Buffer.from('old'), 'kept')).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new');
    if (POSIX) expect(modeOf(file)).toBe(0o664);
    expect(readdirSync(place)).toEqual(['a.yaml']);
  });

  it.each<[string, (file: string) => void]>([
    ['says something else', (file) => writeFileSync(file, 'old\n')],
    ['is gone', () => {}],
    ['is a folder', (file) => mkdirSync(file)],
  ])('does not take the place of a file that %s', (_, change) => {
    const { place, file, draft } = drafted('new');
    change(file);
    const before = readdirSync(place);
    expect(draft.replaceUnchanged(Buffer.from('old'), 'ours')).toBe(false);
    expect(readdirSync(place)).toEqual(before);
    expect(readFileSync(draft.path, 'utf8')).toBe('new');
  });

  it.skipIf(notRoot).each([
    ['kept', 12_345],
    ['ours', 0],
  ] as const)('belongs to whom it should: %s', (owner, uid) => {
    const { file, draft } = drafted('new');
    writeFileSync(file, 'old');
    chownSync(file, 12_345, 12_345);
    draft.replaceUnchanged(Buffer.from('old'), owner);
    expect(statSync(file)).toMatchObject({ uid, gid: uid });
  });
});

describe('replacing a file', () => {
  it('makes it or takes its place', () => {
    const place = folder();
    const file = path.join(place, 'a.json');
    for (const text of ['one', 'two']) {
      replaceWhole(file, text, { mode: 0o600 });
      expect(readFileSync(file, 'utf8')).toBe(text);
      if (POSIX) expect(modeOf(file)).toBe(0o600);
    }
    expect(readdirSync(place)).toEqual(['a.json']);
  });

  it('leaves nothing where it fails', () => {
    const place = folder();
    mkdirSync(path.join(place, 'a.json'));
    expect(() => replaceWhole(path.join(place, 'a.json'), 'one')).toThrow();
    expect(readdirSync(place)).toEqual(['a.json']);
    expect(() => replaceWhole(path.join(place, 'nowhere', 'a.json'), 'one')).toThrow('ENOENT');
  });
});
