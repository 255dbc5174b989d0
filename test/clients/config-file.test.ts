import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { overwriteUnchanged, readConfigFile, writeConfigFile } from '../../src/clients/config-file.js';
import { readFileRecord, writeFileRecord } from '../../src/clients/record-file.js';

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'policy-wrap-test-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe('a config file', () => {
  it('is not written over what somebody else has written since it was read', () => {
    const file = path.join(folder(), 'config.json');
    writeFileSync(file, '{"a": 1}');
    const read = readConfigFile(file);
    writeFileSync(file, '{"a": 2}');
    expect(() => read && writeConfigFile(read, '{"a": 3}')).toThrow(
      'it was changed by someone else just now',
    );
    expect(readFileSync(file, 'utf8')).toBe('{"a": 2}');
    expect(readdirSync(path.dirname(file))).toEqual(['config.json']);
  });

  it('is not made anew where somebody has removed it', () => {
    const file = path.join(folder(), 'config.json');
    writeFileSync(file, '{}');
    const read = readConfigFile(file);
    rmSync(file);
    expect(() => read && writeConfigFile(read, '{}')).toThrow('it is gone');
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });
});

describe('a file that is written over', () => {
  it.each(['{"a": 1}', '{"a": "longer than before"}', ''])(
    'says %j afterwards, and nothing more',
    (after) => {
      const file = path.join(folder(), 'config.json');
      writeFileSync(file, '{"a": [1]}');
      expect(overwriteUnchanged(file, Buffer.from('{"a": [1]}'), Buffer.from(after))).toBe(true);
      expect(readFileSync(file, 'utf8')).toBe(after);
    },
  );

  it('stays where it was changed meanwhile', () => {
    const file = path.join(folder(), 'config.json');
    writeFileSync(file, '{"a": 2}');
    expect(overwriteUnchanged(file, Buffer.from('{"a": 1}'), Buffer.from('{}'))).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('{"a": 2}');
  });
});

describe('the record of a config file', () => {
  const RECORD = {
    file: '/x/config.json',
    backup: undefined,
    entries: [{ keys: ['a'], digest: 'd', undo: [] }],
  };

  it('is read as it was written, and goes when nothing is in it', () => {
    const home = path.join(folder(), 'installed');
    writeFileRecord(home, RECORD);
    expect(readFileRecord(home, RECORD.file)).toEqual(RECORD);
    expect(readFileRecord(home, '/x/other.json')).toBeUndefined();
    writeFileRecord(home, { ...RECORD, entries: [] });
    expect(readdirSync(home)).toEqual([]);
  });

  it.each([
    '',
    '{',
    'null',
    '{}',
    '{"file":"/x/config.json","entries":{}}',
    '{"file":"/x/config.json","entries":[null]}',
    '{"file":"/x/config.json","entries":[{"keys":["a"],"digest":"d"}]}',
    '{"file":"/x/config.json","entries":[{"keys":["a"],"digest":"d","undo":[{"start":-1,"end":0,"text":"x"}]}]}',
    '{"file":"/x/config.json","entries":[{"keys":["a"],"digest":"d","undo":[{"start":0,"end":0,"text":1}]}]}',
  ])('that says %j is none', (text) => {
    const home = folder();
    writeFileRecord(home, RECORD);
    const [name = ''] = readdirSync(home);
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, name), text);
    expect(readFileRecord(home, RECORD.file)).toBeUndefined();
  });
});
