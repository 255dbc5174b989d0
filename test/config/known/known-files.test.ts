import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { namedFile } from '../../../src/config/find.js';
import { KnownFiles } from '../../../src/config/known/known-files.js';
import { loadChain } from '../../../src/config/policy-file.js';
import { expressionsFor } from '../../../src/config/yaml/load-expressions.js';
import type { Path } from '../../../src/core/policy/document/describe-value.js';
import { onWindows, withoutRoot } from '../../skip.js';
import { folderWith } from '../folder.js';

const POLICY = `version: 1
default: deny
tools:
  read_file: allow
  "delete_*":
    action: deny
    reason: Not here.
`;

const cacheOf = (folder: string) => path.join(folder, 'cache');
const entriesOf = (folder: string) =>
  readdirSync(path.join(cacheOf(folder), 'policies')).map((name) =>
    path.join(cacheOf(folder), 'policies', name),
  );

/** Reads a policy as the first start does, and keeps it. */
async function keep(folder: string, name = 'policy-wrap.yaml') {
  const known = new KnownFiles(cacheOf(folder));
  const chain = loadChain(namedFile(path.join(folder, name)), folder, known);
  const compile = known.compiling(await expressionsFor([chain.documents]));
  compile('true', 'bool');
  known.keep();
  return chain;
}

/** Reads it as a later start does. */
function again(folder: string, name = 'policy-wrap.yaml') {
  return new KnownFiles(cacheOf(folder)).chain(namedFile(path.join(folder, name)), folder);
}

function isKnown(folder: string): boolean {
  try {
    again(folder);
    return true;
  } catch {
    return false;
  }
}

/** The lines of all that is written in a document, and of what is not. */
function linesIn(value: unknown, lineOf: (path: Path) => number | undefined, at: Path = []): unknown[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) =>
          linesIn(each, lineOf, [...at, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  return [[...at, lineOf(at), lineOf([...at, 'nowhere', 0])], ...inner];
}

describe('policy files that are known', () => {
  it.each<[string, Record<string, string>, string?]>([
    ['one', { 'policy-wrap.yaml': POLICY }],
    [
      'with what it extends',
      { 'policy-wrap.yaml': 'extends: ./base.yaml\nversion: 1\n', 'base.yaml': POLICY },
    ],
    ['one that extends a preset', { 'policy-wrap.yaml': 'version: 1\nextends: strict\n' }],
    [
      'a part of another file',
      { 'package.json': `{ "name": "x",\n\n "policy-wrap": {"version": 1,\n "default": "deny"}}` },
      'package.json',
    ],
    ['one with a mark of its encoding', { 'policy-wrap.yaml': `\ufeff${POLICY}` }],
    [
      'one with unusual names',
      {
        'policy-wrap.yaml':
          'version: 1\ndefault: deny\ntools:\n  10: allow\n  9: allow\n  constructor: deny\n  "é😀\\uD800": allow\n',
      },
    ],
    [
      'one with lists and aliases',
      {
        'policy-wrap.yaml':
          'version: 1\ndefault: &d deny\ntools:\n  a:\n    - when: args.x > 1\n      action: deny\n\n    - { action: allow,\n       rate_limit: [{max: 1, window: 5}] }\n  b: *d\n',
      },
    ],
    [
      'one that starts late',
      {
        'policy-wrap.yaml':
          '# first\n\n---\nversion: 1\ndefault: deny\ntests:\n - { call: a, expect: deny }\n',
      },
    ],
  ])('are the same the second time: %s', async (_, files, name) => {
    const folder = folderWith(files);
    const first = await keep(folder, name);
    const second = again(folder, name);
    expect(second.documents.map(({ document }) => document)).toEqual(
      first.documents.map(({ document }) => document),
    );
    for (const [index, { document, lineOf, source }] of first.documents.entries()) {
      expect(second.documents[index]?.source).toBe(source);
      const found = second.documents[index]?.lineOf ?? (() => undefined);
      expect(linesIn(document, found)).toEqual(linesIn(document, lineOf));
    }
    expect(second.files).toEqual(first.files);
    expect([...second.texts]).toEqual([...first.texts]);
  });

  it('are not taken for others: another text, name or place in the file', async () => {
    const folder = folderWith({ 'policy-wrap.yaml': POLICY });
    await keep(folder);
    expect(isKnown(folder)).toBe(true);
    for (const text of [POLICY.replace('allow', 'deny '), `${POLICY} `, POLICY.slice(0, -1), '']) {
      writeFileSync(path.join(folder, 'policy-wrap.yaml'), text);
      expect(isKnown(folder)).toBe(false);
    }
    writeFileSync(path.join(folder, 'policy-wrap.yaml'), POLICY);
    expect(isKnown(folder)).toBe(true);
    writeFileSync(path.join(folder, 'other.yaml'), POLICY);
    expect(() => again(folder, 'other.yaml')).toThrow();
  });

  it('are read again when something that they extend has changed', async () => {
    const folder = folderWith({
      'policy-wrap.yaml': 'extends: ./base.yaml\nversion: 1\n',
      'base.yaml': POLICY,
    });
    await keep(folder);
    writeFileSync(path.join(folder, 'base.yaml'), POLICY.replace('deny', 'allow'));
    expect(isKnown(folder)).toBe(false);
  });

  it('are none that JSON cannot hold, or whose conditions are wrong where nobody looked', async () => {
    const base = `${POLICY}  c: { when: args.x >, action: allow }\n`;
    const folder = folderWith({
      'policy-wrap.yaml': 'extends: ./base.yaml\nversion: 1\ntools: { c: deny }\n',
      'base.yaml': base,
    });
    await keep(folder);
    expect(entriesOf(folder)).toHaveLength(1);
    expect(isKnown(folder)).toBe(false);
  });

  it('take one place each, and not more than there is room for', async () => {
    const folder = folderWith({ 'policy-wrap.yaml': POLICY });
    await keep(folder);
    writeFileSync(path.join(folder, 'policy-wrap.yaml'), `${POLICY}\n`);
    await keep(folder);
    expect(entriesOf(folder)).toHaveLength(1);
    for (let index = 0; index < 80; index++) {
      const file = path.join(cacheOf(folder), 'policies', `old-${index}`);
      writeFileSync(file, '');
      utimesSync(file, 1_000, 1_000);
    }
    await keep(folder);
    expect(entriesOf(folder).length).toBeLessThanOrEqual(64);
    expect(isKnown(folder)).toBe(true);
  });
});

describe('what is kept of them', () => {
  const kept = async () => {
    const folder = folderWith({ 'policy-wrap.yaml': POLICY });
    await keep(folder);
    return { folder, file: entriesOf(folder)[0] ?? '' };
  };

  it('is not used when any byte of it is another, or it was cut off or grew', async () => {
    const { folder, file } = await kept();
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(file, changed);
      expect([at, isKnown(folder)]).toEqual([at, false]);
    }
    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(file, whole.subarray(0, length));
      expect([length, isKnown(folder)]).toEqual([length, false]);
    }
    writeFileSync(file, Buffer.concat([whole, Buffer.from(' ')]));
    expect(isKnown(folder)).toBe(false);
    writeFileSync(file, Buffer.alloc(whole.length));
    expect(isKnown(folder)).toBe(false);
    truncateSync(file, 64 * 1024 * 1024 * 1024);
    expect(isKnown(folder)).toBe(false);
    writeFileSync(file, whole);
    expect(isKnown(folder)).toBe(true);
  });

  it('is not used where it was made by another version', async () => {
    const { folder, file } = await kept();
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(process.version, 'v1.2.3'));
    expect(isKnown(folder)).toBe(false);
  });

  it.skipIf(onWindows('files have no mode'))('is for this user alone', async () => {
    const { folder, file } = await kept();
    const mode = (name: string) => lstatSync(name).mode & 0o777;
    expect([mode(file), mode(path.dirname(file)), mode(cacheOf(folder))]).toEqual([0o600, 0o700, 0o700]);
    for (const open of [0o620, 0o602, 0o666, 0o640]) {
      chmodSync(file, open);
      expect(isKnown(folder)).toBe(false);
    }
    chmodSync(file, 0o600);
    expect(isKnown(folder)).toBe(true);
    chmodSync(path.dirname(file), 0o777);
    expect(isKnown(folder)).toBe(false);
  });

  it.skipIf(onWindows('links need rights'))(
    'is not reached through a link, nor by another name',
    async () => {
      const { folder, file } = await kept();
      renameSync(file, `${file}-elsewhere`);
      symlinkSync(`${file}-elsewhere`, file);
      expect(isKnown(folder)).toBe(false);
      const other = await kept();
      linkSync(other.file, `${other.file}-elsewhere`);
      expect(isKnown(other.folder)).toBe(false);
      const third = await kept();
      renameSync(path.dirname(third.file), path.join(third.folder, 'moved'));
      symlinkSync(path.join(third.folder, 'moved'), path.dirname(third.file));
      expect(isKnown(third.folder)).toBe(false);
    },
  );

  it.skipIf(withoutRoot('to have files of others')).each(['the file', 'its folder'])(
    'is not used where %s belongs to somebody else',
    async (which) => {
      const { folder, file } = await kept();
      chownSync(which === 'the file' ? file : path.dirname(file), 65_534, 65_534);
      expect(isKnown(folder)).toBe(false);
    },
  );

  it('is nothing where nothing can be written, without a word', async () => {
    const folder = folderWith({ 'policy-wrap.yaml': POLICY, cache: 'a file' });
    await keep(folder);
    expect(isKnown(folder)).toBe(false);
    const full = folderWith({ 'policy-wrap.yaml': POLICY });
    await keep(full);
    const [file = ''] = entriesOf(full);
    writeFileSync(path.join(full, 'policy-wrap.yaml'), `${POLICY}# other\n`);
    renameSync(file, `${file}-old`);
    mkdirSync(path.join(file, 'a folder'), { recursive: true });
    await keep(full);
    expect(isKnown(full)).toBe(false);
  });
});
