import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { fixture, Place, PROGRAM } from './place.js';

/** Prints the files of the build that were loaded, when the program ends. */
const LISTING = `process.on('exit', () => {
  const names = Object.keys(require.cache).filter((file) => /[\\\\/]dist[\\\\/]/.test(file));
  require('node:fs').writeSync(2, JSON.stringify(names.map((file) => require('node:path').basename(file))));
});`;

const POLICY = `version: 1
default: deny
tools:
  pay:
    - { when: args.amount > 100, action: deny, reason: Too much. }
    - { when: args.amount <= 100, action: allow }
`;
const PARSERS = ['policy-file.cjs', 'shared-policy.cjs', 'shared-condition.cjs'];

/** Starts the program with lines for the server, and waits until it has ended. */
async function start(place: Place, lines: readonly unknown[]) {
  const listing = place.write('listing.cjs', LISTING);
  const args = [
    '--require',
    listing,
    PROGRAM,
    '--quiet',
    '--',
    process.execPath,
    fixture('recorder.mjs'),
    place.record,
  ];
  const { stdout, stderr } = await execa(process.execPath, args, {
    cwd: place.work,
    env: { ...place.env, XDG_CACHE_HOME: path.join(place.folder, 'cache') },
    extendEnv: false,
    reject: false,
    input: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  });
  return { answers: stdout.split('\n'), loaded: JSON.parse(stderr.split('\n').at(-1) ?? '') as string[] };
}

const INITIALIZE = { jsonrpc: '2.0', id: 1, method: 'initialize', params: {} };
const pay = (id: number, amount: number) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'pay', arguments: { amount } },
});

describe('a policy that was good at an earlier start', () => {
  it('is neither read as YAML nor checked again, and its conditions are loaded for calls alone', async () => {
    const place = new Place();
    place.write('policy-wrap.yaml', POLICY);
    expect((await start(place, [INITIALIZE])).loaded).toEqual(expect.arrayContaining(PARSERS));
    const { loaded } = await start(place, [INITIALIZE]);
    for (const name of PARSERS) expect(loaded).not.toContain(name);
    expect((await start(place, [INITIALIZE, pay(2, 500)])).loaded).toContain('shared-condition.cjs');
  });

  it('judges the first call as ever, also one that comes with the greeting', async () => {
    const place = new Place();
    place.write('policy-wrap.yaml', POLICY);
    await start(place, [INITIALIZE]);
    const { answers } = await start(place, [INITIALIZE, pay(2, 500), pay(3, 5)]);
    const answer = (id: number) => answers.find((line) => line.includes(`"id":${id},`)) ?? '';
    expect(answer(2)).toContain('Too much.');
    expect(answer(3)).not.toBe('');
    expect(answer(3)).not.toContain('Policy violation');
  });

  it('is read again after a change', async () => {
    const place = new Place();
    place.write('policy-wrap.yaml', POLICY);
    await start(place, [INITIALIZE]);
    place.write('policy-wrap.yaml', POLICY.replace('Too much.', 'Far too much.'));
    const { answers } = await start(place, [INITIALIZE, pay(2, 500)]);
    expect(answers.join('')).toContain('Far too much.');
  });
});
