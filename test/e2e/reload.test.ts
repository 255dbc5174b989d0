import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const ALLOW = 'version: 1\ndefault: allow\n';
const DENY = 'version: 1\ndefault: { action: deny, reason: Not now. }\n';

let id = 0;

/** `passed`, or the action that refused the call. */
async function outcome(wrapped: Wrapped, tool = 'read_note'): Promise<string> {
  // Within 10 ms files are looked at once only.
  await sleep(15);
  const reply = await wrapped.call<{
    result?: { isError?: boolean; _meta?: Record<string, { action: string }> };
  }>(++id, tool);
  if (reply.result === undefined) return 'error';
  return reply.result.isError ? (reply.result._meta?.['policy-wrap/decision']?.action ?? '') : 'passed';
}

function start(policy = ALLOW): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(policy);
  return { place, wrapped: Wrapped.recorder(place) };
}

describe('a policy that is edited', () => {
  it('is in force from the next call on, every time', async () => {
    const { place, wrapped } = start();
    for (let round = 0; round < 5; round++) {
      expect(await outcome(wrapped)).toBe('passed');
      place.policy(DENY);
      expect(await outcome(wrapped)).toBe('deny');
      place.policy(ALLOW);
    }
    await wrapped.told('the changed policy is in force');
  });

  it('stays out of force when it is invalid, and stderr says why', async () => {
    const { place, wrapped } = start(DENY);
    expect(await outcome(wrapped)).toBe('deny');
    place.policy('version: 1\ndefault: alow\n');
    expect(await outcome(wrapped)).toBe('deny');
    await wrapped.told('the old one stays in force');
    await wrapped.told("policy-wrap.yaml:2:10: unknown action 'alow'");
    place.policy('version: 1\ndefault: [broken');
    expect(await outcome(wrapped)).toBe('deny');
    place.policy(ALLOW);
    expect(await outcome(wrapped)).toBe('passed');
  });

  it('goes on counting where it was', async () => {
    const limited = (max: number) =>
      `${ALLOW}tools:\n  read_note: { rate_limit: { max: ${max}, window: 60 } }\n`;
    const { place, wrapped } = start(limited(2));
    expect([await outcome(wrapped), await outcome(wrapped), await outcome(wrapped)]).toEqual([
      'passed',
      'passed',
      'limited',
    ]);
    place.policy(`# a comment\n${limited(2)}  other: deny\n`);
    expect([await outcome(wrapped), await outcome(wrapped, 'other')]).toEqual(['limited', 'deny']);
    place.policy(limited(3));
    expect([await outcome(wrapped), await outcome(wrapped)]).toEqual(['passed', 'limited']);
  });

  it('is noticed without a call', async () => {
    const { place, wrapped } = start();
    expect(await outcome(wrapped)).toBe('passed');
    place.policy(DENY);
    await wrapped.told('the changed policy is in force');
  });
});

describe('a server that ends while a policy is being read', () => {
  // Where the machine stops the test for half a second, the server has ended before the last request is sent.
  it('leaves no request without an answer', { retry: 3 }, async () => {
    const place = new Place();
    place.policy(ALLOW);
    const wrapped = Wrapped.script(
      place,
      `process.stdin.on('data', (data) => {
        if (data.includes('"end"')) return setTimeout(() => process.exit(3), 500);
        console.log('{"jsonrpc":"2.0","id":1,"result":{}}');
      });`,
    );
    await wrapped.request(1, 'ping');
    wrapped.send({ id: 2, method: 'end' });
    await sleep(20);
    // A file is read when it has been left alone: as long as it is written, calls wait.
    const writing = setInterval(() => place.policy(`${DENY}# ${performance.now()}\n`), 10);
    await sleep(50);
    wrapped.send({ id: 3, method: 'ping' });
    const { exitCode } = await wrapped.process;
    clearInterval(writing);
    expect(exitCode).toBe(3);
    const ids = wrapped.lines.map((line) => (JSON.parse(line) as { id: number }).id);
    expect(ids.sort()).toEqual([1, 2, 3]);
  });
});

describe('a policy file', () => {
  it('that is replaced by another one is read anew', async () => {
    const { place, wrapped } = start();
    expect(await outcome(wrapped)).toBe('passed');
    renameSync(place.write('new.yaml', DENY), path.join(place.work, 'policy-wrap.yaml'));
    expect(await outcome(wrapped)).toBe('deny');
  });

  it('behind links is read anew when a link is set anew', async () => {
    const place = new Place();
    for (const [name, text] of Object.entries({ one: ALLOW, two: DENY })) {
      mkdirSync(path.join(place.work, name));
      writeFileSync(path.join(place.work, name, 'policy.yaml'), text);
    }
    const link = path.join(place.work, 'current');
    symlinkSync('one', link);
    symlinkSync('current/policy.yaml', path.join(place.work, 'policy-wrap.yaml'));
    const wrapped = Wrapped.recorder(place);
    expect(await outcome(wrapped)).toBe('passed');
    symlinkSync('two', `${link}.new`);
    renameSync(`${link}.new`, link);
    expect(await outcome(wrapped)).toBe('deny');
  });

  it.each([
    ['found in the project', []],
    ['named', ['--config', 'policy-wrap.yaml']],
  ])('that was %s and is gone stays in force until it is back', async (_case, options) => {
    const place = new Place();
    const file = place.policy(DENY);
    const wrapped = Wrapped.recorder(place, options);
    expect(await outcome(wrapped)).toBe('deny');
    rmSync(file);
    expect(await outcome(wrapped)).toBe('deny');
    await wrapped.told('the old one stays in force');
    place.policy(ALLOW);
    expect(await outcome(wrapped)).toBe('passed');
  });

  it('that is extended is watched too', async () => {
    const { place, wrapped } = start('version: 1\nextends: ./base.yaml\n');
    expect((await wrapped.process).exitCode).toBe(3);
    const base = place.write('base.yaml', ALLOW);
    const again = Wrapped.recorder(place);
    expect(await outcome(again)).toBe('passed');
    writeFileSync(base, DENY);
    expect(await outcome(again)).toBe('deny');
  });

  it('of the user is watched too', async () => {
    const { place, wrapped } = start();
    await wrapped.end();
    const file = place.userPolicy(ALLOW);
    const again = Wrapped.recorder(place);
    expect(await outcome(again)).toBe('passed');
    writeFileSync(file, DENY);
    expect(await outcome(again)).toBe('deny');
  });
});

describe('a change of what is hidden', () => {
  const told = (wrapped: Wrapped) => wrapped.lines.filter((line) => line.includes('list_changed')).length;

  async function listed(protocolVersion?: string): Promise<{ place: Place; wrapped: Wrapped }> {
    const started = start();
    if (protocolVersion)
      await started.wrapped.request('start', 'initialize', { protocolVersion, capabilities: {} });
    await started.wrapped.request('list', 'tools/list');
    return started;
  }

  it('is told to a client that has seen the list, which then gets the new one', async () => {
    const { place, wrapped } = await listed('2025-11-25');
    place.policy(`${ALLOW}tools: { secret_tool: hide }\n`);
    await wrapped.until(({ method }) => method === 'notifications/tools/list_changed');
    expect(JSON.stringify(await wrapped.request('again', 'tools/list'))).not.toContain('secret_tool');
    expect(await outcome(wrapped, 'secret_tool')).toBe('error');
    place.policy(ALLOW);
    expect(await outcome(wrapped, 'secret_tool')).toBe('passed');
    expect(told(wrapped)).toBe(2);
  });

  it.each([
    ['hides nothing of the list', '2025-11-25', `${ALLOW}tools: { other_tool: hide, read_note: deny }\n`],
    ['comes without a handshake', undefined, `${ALLOW}tools: { secret_tool: hide }\n`],
  ])('is not told when it %s', async (_case, version, policy) => {
    const { place, wrapped } = await listed(version);
    place.policy(policy);
    await wrapped.told('the changed policy is in force');
    await wrapped.request('after', 'ping');
    expect(told(wrapped)).toBe(0);
  });
});
