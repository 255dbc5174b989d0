import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFile, keepBeside, replaceFile } from '../../../src/config/edit/write-file.js';
import { skip } from '../../skip.js';
import { folderWith, withoutPrivileges } from '../folder.js';

const posix = process.platform !== 'win32';
const noModes = skip(!posix, 'on Windows files have no mode');

const unchecked = async () => {};

describe('createFile', () => {
  it('writes a file, and the folder that it is in', async () => {
    const file = path.join(folderWith(), 'a/b/c.yaml');
    await createFile(file, 'text', unchecked);
    expect(readFileSync(file, 'utf8')).toBe('text');
    expect(readdirSync(path.dirname(file))).toEqual(['c.yaml']);
  });

  it('never writes over one that has come meanwhile', async () => {
    const folder = folderWith();
    const file = path.join(folder, 'a.yaml');
    const meddle = async () => writeFileSync(file, 'theirs');
    await expect(createFile(file, 'ours', meddle)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('exists already'),
    });
    expect(readFileSync(file, 'utf8')).toBe('theirs');
    expect(readdirSync(folder)).toEqual(['a.yaml']);
  });

  it('writes nothing that does not pass its check', async () => {
    const folder = folderWith();
    const refuse = async (draft: string) => {
      expect(readFileSync(draft, 'utf8')).toBe('bad');
      throw new Error('bad it is');
    };
    await expect(createFile(path.join(folder, 'a.yaml'), 'bad', refuse)).rejects.toThrow('bad it is');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(noModes)('says that a folder may not be written', async () => {
    const folder = folderWith();
    chmodSync(folder, 0o555);
    await withoutPrivileges(() =>
      expect(createFile(path.join(folder, 'a.yaml'), 'text', unchecked)).rejects.toMatchObject({
        exitCode: 1,
        message: expect.stringContaining('may not be written'),
      }),
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('replaceFile', () => {
  it('puts a text in the place of another, with the same rights', async () => {
    const file = path.join(folderWith({ 'a.yaml': 'old' }), 'a.yaml');
    chmodSync(file, 0o640);
    await replaceFile(file, Buffer.from('old'), 'new', unchecked);
    expect(readFileSync(file, 'utf8')).toBe('new');
    if (posix) expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('writes nothing over what somebody else has written meanwhile', async () => {
    const folder = folderWith({ 'a.yaml': 'old' });
    const file = path.join(folder, 'a.yaml');
    const meddle = async () => writeFileSync(file, 'theirs');
    await expect(replaceFile(file, Buffer.from('old'), 'ours', meddle)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('has changed in the meantime'),
    });
    expect(readFileSync(file, 'utf8')).toBe('theirs');
    expect(readdirSync(folder)).toEqual(['a.yaml']);
  });

  it.skipIf(noModes)('leaves the file as it is where nothing may be written', async () => {
    const folder = folderWith({ 'a.yaml': 'old' });
    chmodSync(folder, 0o555);
    const file = path.join(folder, 'a.yaml');
    await withoutPrivileges(() =>
      expect(replaceFile(file, Buffer.from('old'), 'new', unchecked)).rejects.toMatchObject({
        exitCode: 1,
      }),
    );
    expect(readFileSync(file, 'utf8')).toBe('old');
  });
});

describe('keepBeside', () => {
  it('keeps every old one', () => {
    const folder = folderWith({ 'a.yaml': 'one' });
    const file = path.join(folder, 'a.yaml');
    expect(keepBeside(file)).toBe(`${file}.old`);
    writeFileSync(file, 'two');
    expect(keepBeside(file)).toBe(`${file}.old2`);
    expect(['.old', '.old2'].map((end) => readFileSync(file + end, 'utf8'))).toEqual(['one', 'two']);
    expect(existsSync(file)).toBe(true);
  });
});
