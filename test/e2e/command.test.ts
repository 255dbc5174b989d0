import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { onWindows } from '../skip.js';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const onPosix = it.skipIf(onWindows('there are no process groups and no signals'));

interface Reply {
  result: { isError?: boolean; content: { text: string }[]; _meta?: Record<string, { action: string }> };
}

/** A program that is asked for approvals, named in a policy of that name. */
function withProgram(place: Place, program: string, approvals: Record<string, unknown> = {}): string {
  const head = `
    const fs = require('node:fs');
    const request = () => JSON.parse(fs.readFileSync(0, 'utf8'));
    const answer = (value) => process.stdout.write(JSON.stringify(value));
  `;
  const file = place.write('ask.cjs', head + program);
  const settings = { via: ['command'], command: [process.execPath, file], ...approvals };
  return place.write(
    'named.yaml',
    `version: 1\ndefault: allow\ntools: { "delete_*": require_approval }\napprovals: ${JSON.stringify(settings)}\n`,
  );
}

function textOf({ result }: Reply): string {
  return result.content.map(({ text }) => text).join('\n');
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/status`;
    // One that has ended and that nobody has waited for is still listed.
    return !(existsSync(status) && /^State:\s+Z/m.test(readFileSync(status, 'utf8')));
  } catch {
    return false;
  }
}

describe('a program decides', () => {
  it('yes: the call goes as it came, and the log says who', async () => {
    const place = new Place();
    const config = withProgram(
      place,
      "const { tool, arguments: args } = request(); answer({ decision: 'approve', by: [tool, args.id].join(' ') });",
    );
    const wrapped = Wrapped.recorder(place, ['--config', config]);
    const line =
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_note","arguments":{"id":12345678901234567890}}}';
    wrapped.sendLine(line);
    expect((await wrapped.answer<Reply>(1)).result.isError).toBeFalsy();
    await wrapped.end();
    expect(place.recorded()).toContain(line);
    expect(place.audit().at(-1)).toMatchObject({
      outcome: 'completed',
      approval: { approved: true, via: 'command', how: 'approved', by: 'delete_note 12345678901234567000' },
    });
  });

  it('no: the reason reaches the agent', async () => {
    const place = new Place();
    const config = withProgram(place, "answer({ decision: 'deny', by: 'ann', reason: 'Not on a Friday.' });");
    const wrapped = Wrapped.recorder(place, ['--config', config]);
    const reply = await wrapped.call<Reply>(1, 'delete_note');
    expect(reply.result.isError).toBe(true);
    expect(textOf(reply)).toContain('Not on a Friday.');
    await wrapped.end();
    expect(place.recorded() ?? '').not.toContain('delete_note');
  });

  it.each<[string, string, string]>([
    ['crashes', 'process.exit(7);', 'ended with exit code 7'],
    ['says something else', "answer({ decision: 'sure' });", 'which is not approve or deny'],
    [
      'says two things',
      "answer({ decision: 'deny' }); answer({ decision: 'approve' });",
      'not one JSON object',
    ],
  ])('the call is refused when it %s', async (_, program, words) => {
    const place = new Place();
    const wrapped = Wrapped.recorder(place, ['--config', withProgram(place, program)]);
    const reply = await wrapped.call<Reply>(1, 'delete_note');
    expect(reply.result.isError).toBe(true);
    expect(textOf(reply)).toContain(words);
    await wrapped.end();
    expect(place.recorded() ?? '').not.toContain('delete_note');
  });

  it('the next channel is tried when it fails', async () => {
    const place = new Place();
    const config = withProgram(place, 'process.exit(1);', { via: ['command', 'elicitation'] });
    const wrapped = Wrapped.recorder(place, ['--config', config]);
    wrapped.send({
      id: 0,
      method: 'initialize',
      params: {
        protocolVersion: '2025-11-25',
        capabilities: { elicitation: {} },
        clientInfo: { name: 'test', version: '1' },
      },
    });
    await wrapped.answer(0);
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'delete_note', arguments: {} } });
    const asked = await wrapped.until((message) => message['method'] === 'elicitation/create');
    await new Promise((resolve) => setTimeout(resolve, 400));
    wrapped.send({ id: asked['id'], result: { action: 'accept', content: { decision: 'allow_once' } } });
    expect((await wrapped.answer<Reply>(1)).result.isError).toBeFalsy();
  });

  it('other calls pass while it thinks, and what it says is told', async () => {
    const place = new Place();
    const go = path.join(place.work, 'go');
    const config = withProgram(
      place,
      `console.error('thinking'); const timer = setInterval(() => { if (fs.existsSync(${JSON.stringify(go)})) { clearInterval(timer); answer({ decision: 'approve' }); } }, 20);`,
    );
    const wrapped = Wrapped.recorder(place, ['--config', config]);
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'delete_note', arguments: {} } });
    await wrapped.told('says: thinking');
    expect((await wrapped.call<Reply>(2, 'read_note')).result.isError).toBeFalsy();
    place.write('go', '');
    expect((await wrapped.answer<Reply>(1)).result.isError).toBeFalsy();
  });
});

describe('a program that nobody waits for', () => {
  /** It does not want to end, and has written its process id when it runs. */
  const stubborn = (place: Place) =>
    `process.on('SIGTERM', () => {}); fs.writeFileSync(${JSON.stringify(`${place.work}/pid.new`)}, String(process.pid)); fs.renameSync(${JSON.stringify(`${place.work}/pid.new`)}, ${JSON.stringify(`${place.work}/pid`)}); setInterval(() => {}, 1000);`;

  async function started(place: Place, approvals: Record<string, unknown> = {}) {
    const config = withProgram(place, stubborn(place), approvals);
    const wrapped = Wrapped.recorder(place, ['--config', config]);
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'delete_note', arguments: {} } });
    await until(() => place.has('pid'));
    return { wrapped, pid: Number(readFileSync(path.join(place.work, 'pid'), 'utf8')) };
  }

  onPosix('is ended when the time is up, and the call is refused', async () => {
    const place = new Place();
    const { wrapped, pid } = await started(place, { timeout: 2, hold: 2 });
    expect((await wrapped.answer<Reply>(1)).result.isError).toBe(true);
    await until(() => !isAlive(pid));
    await wrapped.end();
    expect(place.recorded() ?? '').not.toContain('delete_note');
  });

  onPosix('is ended when the client cancels', async () => {
    const place = new Place();
    const { wrapped, pid } = await started(place);
    wrapped.send({ method: 'notifications/cancelled', params: { requestId: 1 } });
    await until(() => !isAlive(pid));
    await wrapped.end();
    expect(place.recorded() ?? '').not.toContain('delete_note');
  });

  onPosix.each([
    ['the client has gone', (wrapped: Wrapped) => void wrapped.process.stdin.end()],
    ['policy-wrap is ended', (wrapped: Wrapped) => void wrapped.process.kill('SIGTERM')],
  ])('does not outlive policy-wrap when %s', async (_, leave) => {
    const place = new Place();
    const { wrapped, pid } = await started(place);
    leave(wrapped);
    await wrapped.process;
    await until(() => !isAlive(pid));
    expect(place.recorded() ?? '').not.toContain('delete_note');
  });
});

describe('a policy that was found', () => {
  it('may not name a program: nothing is started', async () => {
    const place = new Place();
    const ran = path.join(place.work, 'ran');
    const named = withProgram(place, `fs.writeFileSync(${JSON.stringify(ran)}, '');`);
    place.policy(readFileSync(named, 'utf8'));
    const wrapped = Wrapped.recorder(place);
    const { exitCode, stderr } = await wrapped.end();
    expect(exitCode).toBe(3);
    expect(stderr).toContain(
      'this policy was discovered and not named, so it may not choose a program to run',
    );
    expect(place.recorded()).toBeUndefined();
    expect(existsSync(ran)).toBe(false);
  });
});

describe('--via', () => {
  it('asks through these channels, whatever the policy says', async () => {
    const place = new Place();
    const config = withProgram(place, "answer({ decision: 'approve' });", {
      via: ['elicitation', 'command'],
    });
    const asked = Wrapped.recorder(place, ['--config', config, '--via', 'command']);
    expect((await asked.call<Reply>(1, 'delete_note')).result.isError).toBeFalsy();
    const other = Wrapped.recorder(place, ['--config', config, '--via', 'elicitation']);
    expect((await other.call<Reply>(1, 'delete_note')).result.isError).toBe(true);
  });

  it('is a mistake where it names a program that there is not', async () => {
    const { exitCode, stderr } = await Wrapped.recorder(new Place(), ['--via', 'command']).end();
    expect(exitCode).toBe(3);
    expect(stderr).toContain("--via names the channel 'command', and no policy says which program to ask");
  });
});
