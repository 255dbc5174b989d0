import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { condensedArguments, recordedArguments } from '../../../src/core/audit/recorded-arguments.js';
import { scanJson } from '../../../src/core/json/scan.js';
import { writeValue } from '../../../src/core/json/value.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const record = (args: unknown) => {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  expect(scanJson(text)).not.toHaveProperty('flaw');
  return writeValue(recordedArguments(text, sha256));
};

const COMMAND = 'rm -rf /home/victim';
const long = (length: number) => 'abcdefghi '.repeat(length / 10);

describe('what is written down of arguments', () => {
  it('is all of them where they are short, in their own spelling', () => {
    const text = '{"b":12345678901234567890,"a":[1.5,null,"x"],"é":{}}';
    expect(record(text)).toBe(text);
  });

  it.each<[string, unknown]>([
    ['behind padding', { command: `# ${long(1_100)}\n${COMMAND}` }],
    ['before padding', { command: `${COMMAND}\n# ${long(1_100)}` }],
    ['beside padding', { command: COMMAND, pad: long(66_000) }],
    ['after padding', { pad: long(2_000_000), command: COMMAND }],
    ['between paddings', { a: long(700_000), command: COMMAND, z: long(700_000) }],
    ['beside long keys', { [long(70_000)]: 1, command: COMMAND, [`${long(70_000)}!`]: 2 }],
    ['as a long key', { [`${long(70_000)} ${COMMAND}`]: 1 }],
    ['among 300 long texts', { ...Array(300).fill(long(1_000)), command: COMMAND }],
    ['deep down beside padding', { a: { b: { c: [{ command: COMMAND, pad: long(100_000) }] } } }],
    ['after many elements', { list: Array(50_000).fill(1), command: COMMAND }],
    ['as the last of many elements', { list: [...Array(50_000).fill('abc'), COMMAND] }],
    [
      'as the first of many members',
      { command: COMMAND, ...Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`k${n}`, n])) },
    ],
    [
      'as the last of many members',
      { ...Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`k${n}`, n])), command: COMMAND },
    ],
    ['after more than is read', { list: Array(800_000).fill(1), command: COMMAND }],
  ])('has what is %s', (_, args) => {
    const written = record(args);
    expect(written).toContain(COMMAND);
    expect(written.length).toBeLessThanOrEqual(65_536);
  });

  it('is there whatever stands where it is cut', () => {
    for (let before = 470; before < 520; before++) {
      const secret = ['AK', 'IAIOSFODNN7EXAMPLE'].join('');
      const text = `${secret} ${'a'.repeat(before - secret.length)}${'😀'.repeat(3_000)}`;
      expect(record({ text, command: COMMAND })).toContain(COMMAND);
    }
  });

  it('says of what is cut how long it was, and what', () => {
    const command = `${long(2_000)}${COMMAND}`;
    expect(record({ command })).toContain(`… (2019 characters, sha256 ${sha256(command)}) …`);
    const list = Array(50_000).fill(1);
    expect(record({ list })).toContain(
      `… (49000 of 50000 elements left out; 100001 characters, sha256 ${sha256(JSON.stringify(list))}) …`,
    );
  });

  it('has no secret, long or short, beside padding', () => {
    const args = {
      password: 'hunter22'.repeat(50_000),
      pad: long(70_000),
      env: [{ name: 'DB_PASSWORD', value: 'hunter22' }],
    };
    expect(record(args)).not.toContain('hunter');
  });

  const nested = (levels: number, inner: string) => '['.repeat(levels) + inner + ']'.repeat(levels);
  it.each<[string, string]>([
    ['deep nesting', nested(200, `"${COMMAND}"`)],
    ['deep nesting with padding', nested(200, `"${COMMAND}","${long(90_000)}"`)],
    ['wide and deep nesting', nested(50, Array(3_000).fill(nested(100, '1')).join(','))],
    [
      'many long keys',
      JSON.stringify(Object.fromEntries(Array.from({ length: 1_500 }, (_, n) => [`${n}${long(1_000)}`, n]))),
    ],
    [
      'controls, which take six characters each',
      JSON.stringify({ a: Array(100).fill('\u0001'.repeat(900)) }),
    ],
    ['many short secrets', JSON.stringify(Array(6_000).fill({ pw: '' }))],
  ])('is bounded: %s', (_, text) => {
    expect(record(text).length).toBeLessThanOrEqual(65_536);
  });
});

describe('condensed arguments', () => {
  it('differ where the whole ones do', () => {
    const one = condensedArguments(JSON.stringify({ a: `${long(50_000)}x${long(50_000)}` }), sha256);
    const other = condensedArguments(JSON.stringify({ a: `${long(50_000)}y${long(50_000)}` }), sha256);
    expect(one?.length).toBeLessThan(1_500);
    expect(one).not.toBe(other);
  });
});
