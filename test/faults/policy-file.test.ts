import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { onWindows } from '../skip.js';
import { endOf, HEAD, newPolicyHolds, oldPolicyHolds, running } from './old-policy.js';

/** Said of a policy that was found and not named: it has to stay in its repository, so where a link ends is not read. */
const LEADS_OUT = 'is a link that leads out of the repository of the policy';

/** What is no plain file is put in the place of what was there. */
const CHANGES: [string, (file: string) => void, why: string][] = [
  ['deleted', (file) => rmSync(file), 'does not exist'],
  ['emptied', (file) => writeFileSync(file, ''), 'a policy is a map of keys'],
  ['made a folder', instead(mkdirSync), 'is a folder, not a policy file'],
  ['made a link to itself', instead((file) => symlinkSync(file, file)), LEADS_OUT],
  ['made a link to nothing', instead((file) => symlinkSync('nothing', file)), 'does not exist'],
  ['made a link to a file without end', instead((file) => symlinkSync('/dev/zero', file)), LEADS_OUT],
  ['made a link to our own stdin', instead((file) => symlinkSync('/dev/stdin', file)), LEADS_OUT],
  ['made a pipe that nobody writes to', instead((file) => execFileSync('mkfifo', [file])), 'is not a file'],
  ['made a socket', instead(listen), 'is not a file'],
  ['filled with what is no text', (file) => writeFileSync(file, Buffer.alloc(1_000, 0xff)), 'is not UTF-8'],
];

function instead(make: (file: string) => void): (file: string) => void {
  return (file) => {
    rmSync(file);
    make(file);
  };
}

function listen(file: string): void {
  const server = createServer().listen(file);
  onTestFinished(() => void server.close());
}

describe.skipIf(onWindows('files have no mode'))('a policy file that is, while it is in force,', () => {
  it.each(CHANGES)('%s: the old policy stays', async (_change, change, why) => {
    const started = await running();
    await oldPolicyHolds(started, () => change(started.file), why);
    await newPolicyHolds(started);
  });

  it('made unreadable: the old policy stays', async () => {
    const started = await running({ asNobody: true });
    await oldPolicyHolds(started, () => chmodSync(started.file, 0o000), 'may not be read');
    await newPolicyHolds(started);
  });

  it('replaced by a rename: the new policy is in force from the next call on', async () => {
    const { watched, file } = await running();
    writeFileSync(`${file}.new`, `${HEAD}tools: { "*_note": deny }\n`);
    renameSync(`${file}.new`, file);
    await sleep(20);
    expect(await watched.call('after', 'read_note')).toHaveProperty('result.isError', true);
    await endOf(watched);
  });

  it('changed again and again under a stream of calls: none slips through', async () => {
    const { watched, file } = await running();
    const texts = [
      `${HEAD}tools: { delete_note: deny }\n`,
      `${HEAD}tools: [`,
      `${HEAD}tools: { delete_note: hide }\n`,
      `${HEAD}tools: ${'['.repeat(100_000)}`,
    ];
    for (let round = 0; round < 60; round++) {
      if (round % 5 === 4) rmSync(file, { force: true });
      else writeFileSync(file, texts[round % 5] ?? '');
      for (let call = 0; call < 20; call++)
        watched.send({ id: `${round}.${call}`, method: 'tools/call', params: { name: 'delete_note' } });
      await sleep(5);
    }
    await watched.request('last', 'ping');
    await endOf(watched);
  });
});
