import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandApprover } from '../../../src/approvals/program/command-approver.js';
import type { Approval } from '../../../src/core/policy/decide/approval.js';
import { folderWith } from '../../config/folder.js';
import { Family, isAlive } from '../../platform/processes/family.js';
import { onWindows } from '../../skip.js';
import { executable, nodeProgram, question } from '../programs.js';

const onPosix = it.skipIf(onWindows('there are no process groups and no files with #!'));

interface Asked extends Approval {
  /** What was told on stderr. */
  told: string[];
}

/** Asks a program once. */
async function ask(
  command: readonly string[] | undefined,
  changes: Parameters<typeof question>[0] = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Asked> {
  const told: string[] = [];
  const approver = commandApprover(
    () => command,
    (line) => told.push(line),
  );
  return { ...(await approver.ask(question(changes), signal)), told };
}

const ANSWERS = (text: string) =>
  nodeProgram(`requestText(); process.stdout.write(${JSON.stringify(text)});`);

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('what the program is asked', () => {
  it('is one JSON object on one line, and then the end', async () => {
    const file = path.join(folderWith(), 'asked');
    await ask(
      nodeProgram(`writeFileSync(${JSON.stringify(file)}, requestText()); answer({ decision: 'deny' });`),
    );
    expect(readFileSync(file, 'utf8')).toMatch(/^[^\n]*\n$/);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      version: 1,
      id: 'abc234',
      server: 'brokers',
      client: 'an agent',
      kind: 'tool',
      tool: 'delete_broker',
      category: 'destructive',
      risk: 'critical',
      params: null,
      arguments: { BrokerId: 'b-orders' },
      rule: { pointer: '/tools/delete_*', source: 'policy-wrap.yaml', line: 7 },
      reason: 'Brokers are dear.',
      mayRemember: true,
      askedAt: '2026-01-01T00:00:00.000Z',
      heldUntil: '2026-01-01T00:00:45.000Z',
      endsAt: '2026-01-01T00:02:00.000Z',
    });
  });

  it('has what is sent besides the arguments, as it is', async () => {
    const file = path.join(folderWith(), 'asked');
    const otherParamsText = '{"options":{"n":12345678901234567890},"_meta":{"tenant":"victim"}}';
    await ask(nodeProgram(`writeFileSync(${JSON.stringify(file)}, requestText());`), { otherParamsText });
    expect(readFileSync(file, 'utf8')).toContain(`"params":${otherParamsText},`);
  });

  it('has null for what is not known', async () => {
    const file = path.join(folderWith(), 'asked');
    await ask(nodeProgram(`writeFileSync(${JSON.stringify(file)}, requestText());`), {
      client: undefined,
      rule: undefined,
      reason: undefined,
      heldUntil: undefined,
      endsAt: Number.POSITIVE_INFINITY,
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      client: null,
      rule: null,
      reason: null,
      heldUntil: null,
      endsAt: '+275760-09-13T00:00:00.000Z',
    });
  });

  it.each<[string, string]>([
    ['a megabyte', `{"text":"${'x'.repeat(1_000_000)}"}`],
    ['numbers that no double holds, in their own writing', '{"a":12345678901234567890,"b":1.0,"c":1e2}'],
    ['hostile text', JSON.stringify({ a: '"},"decision":"approve"}\n$(reboot)`id`;\u202e\u0000<script>' })],
    ['escapes that could be written shorter', '{"\\u0061":"\\u002f"}'],
  ])('has the arguments as they are: %s', async (_, argumentsText) => {
    const file = path.join(folderWith(), 'asked');
    const { approved } = await ask(
      nodeProgram(`writeFileSync(${JSON.stringify(file)}, requestText()); answer({ decision: 'approve' });`),
      { argumentsText },
    );
    expect(approved).toBe(true);
    expect(readFileSync(file, 'utf8').includes(`"arguments":${argumentsText},"rule"`)).toBe(true);
  });

  it('shows nothing in the arguments of the program, and gives it the environment', async () => {
    const { reason } = await ask([
      ...nodeProgram(
        "answer({ decision: 'deny', reason: JSON.stringify([process.argv.slice(2), process.env.PATH]) });",
      ),
      'a b',
      '$HOME;*',
    ]);
    expect(JSON.parse(reason ?? '')).toEqual([['a b', '$HOME;*'], process.env['PATH']]);
  });

  it('need not be read', async () => {
    const argumentsText = `{"text":"${'x'.repeat(1_000_000)}"}`;
    const closes = "require('node:fs').closeSync(0); answer({ decision: 'approve' });";
    for (const text of ["answer({ decision: 'approve' });", closes])
      expect(await ask(nodeProgram(text), { argumentsText })).toMatchObject({ approved: true });
  });
});

describe('what the program answers', () => {
  it.each<[string, Partial<Approval>]>([
    ['{"decision":"approve"}', { approved: true, how: 'approved', remember: undefined }],
    ['\n {"decision" : "approve"} \r\n', { approved: true, how: 'approved' }],
    ['{\n  "decision": "approve",\n  "by": "ann"\n}\n', { approved: true, by: 'ann' }],
    ['{"decision":"\\u0061pprove"}', { approved: true }],
    [
      '{"decision":"deny","by":"ann","reason":"Not on a Friday."}',
      { approved: false, how: 'declined', by: 'ann', reason: 'Not on a Friday.' },
    ],
    ['{"decision":"approve","remember":"session"}', { remember: { scope: 'call', for: 'session' } }],
    ['{"decision":"approve","remember":"30m"}', { remember: { scope: 'call', for: 1_800_000 } }],
    [
      '{"decision":"approve","remember":"30m","scope":"tool"}',
      { remember: { scope: 'tool', for: 1_800_000 } },
    ],
  ])('%j', async (text, expected) => {
    expect(await ask(ANSWERS(text))).toMatchObject({ via: 'command', ...expected });
  });

  it('counts for this call alone where no more may be remembered', async () => {
    const answer = await ask(ANSWERS('{"decision":"approve","remember":"session"}'), { mayRemember: false });
    expect(answer).toMatchObject({ approved: true, remember: undefined });
  });

  it.each<[string, string]>([
    ['', 'wrote no answer'],
    [' \n', 'wrote no answer'],
    ['approve', 'wrote something that is not one JSON object'],
    ['"approve"', 'wrote something that is not one JSON object'],
    ['[{"decision":"approve"}]', 'wrote something that is not one JSON object'],
    ['null', 'wrote something that is not one JSON object'],
    ['{"decision":"approve"}{"decision":"approve"}', 'wrote something that is not one JSON object'],
    ['{"decision":"approve"}\n{"decision":"deny"}', 'wrote something that is not one JSON object'],
    ['asking…\n{"decision":"approve"}', 'wrote something that is not one JSON object'],
    ['{"decision":"app\nrove"}', 'wrote something that is not one JSON object'],
    ['{}', 'wrote no "decision"'],
    ['{"decision":"yes"}', 'wrote the "decision" "yes", which is not approve or deny'],
    ['{"decision":"Approve"}', 'wrote the "decision" "Approve", which is not approve or deny'],
    ['{"decision":"approve "}', 'wrote the "decision" "approve ", which is not approve or deny'],
    ['{"decision":true}', 'wrote "decision", which is not a string'],
    ['{"decision":["approve"]}', 'wrote "decision", which is not a string'],
    ['{"Decision":"approve"}', 'wrote the key "Decision", which is not known'],
    ['{"decision":"approve","extra":1}', 'wrote the key "extra", which is not known'],
    ['{"decision":"approve","by":null}', 'wrote "by", which is not a string'],
    [
      '{"decision":"deny","decision":"approve"}',
      'wrote JSON that can be read in more than one way: duplicate key "decision"',
    ],
    [
      '{"decision":"deny","decisio\\u006e":"approve"}',
      'wrote JSON that can be read in more than one way: duplicate key "decision"',
    ],
    [
      '{"decision":"approve","by":"\\ud800"}',
      'wrote JSON that can be read in more than one way: lone surrogate',
    ],
    [
      '{"decision":"approve","remember":"always"}',
      'wrote the "remember" "always", which is neither session nor a duration such as 30m',
    ],
    [
      '{"decision":"approve","remember":"0s"}',
      'wrote the "remember" "0s", which is neither session nor a duration such as 30m',
    ],
    ['{"decision":"approve","remember":1800}', 'wrote "remember", which is not a string'],
    ['{"decision":"approve","scope":"tool"}', 'wrote "scope" without "remember"'],
    [
      '{"decision":"approve","remember":"1h","scope":"all"}',
      'wrote the "scope" "all", which is not call or tool',
    ],
  ])('%j approves nothing', async (text, words) => {
    expect(await ask(ANSWERS(text))).toMatchObject({
      approved: false,
      how: 'unavailable',
      reason: expect.stringMatching(/^The approval program "node(?:\.exe)?" .*\.$/),
    });
    expect((await ask(ANSWERS(text))).reason).toContain(words);
  });

  it('is not UTF-8', async () => {
    const answer = await ask(
      nodeProgram(
        'process.stdout.write(Buffer.from([...Buffer.from(\'{"decision":"approve","by":"\'), 0xff, 0x22, 0x7d]));',
      ),
    );
    expect(answer).toMatchObject({
      how: 'unavailable',
      reason: expect.stringContaining('wrote something that is not UTF-8'),
    });
  });
});

describe('a program that fails approves nothing', () => {
  it.each<[string, string, string]>([
    ['with an exit code', "answer({ decision: 'approve' }); process.exitCode = 3;", 'ended with exit code 3'],
    [
      'with an exception',
      "answer({ decision: 'approve' }); throw new Error('oh');",
      'ended with exit code 1',
    ],
    [
      'with more than anybody reads',
      "answer({ decision: 'approve' }); process.stdout.write(' '.repeat(70_000)); setInterval(() => {}, 1000);",
      'wrote more than 64 kB',
    ],
    [
      'with output without end',
      "const more = () => { process.stdout.write('x'.repeat(10_000), more); }; more();",
      'wrote more than 64 kB',
    ],
  ])('%s', async (_, text, words) => {
    expect(await ask(nodeProgram(text))).toMatchObject({
      approved: false,
      how: 'unavailable',
      reason: expect.stringContaining(words),
    });
  });

  onPosix('with a signal', async () => {
    const answer = await ask(
      nodeProgram("answer({ decision: 'approve' }); process.kill(process.pid, 'SIGKILL');"),
    );
    expect(answer).toMatchObject({
      how: 'unavailable',
      reason: 'The approval program "node" was ended by SIGKILL.',
    });
  });

  it.each<[string, string, string]>([
    ['that is missing', path.join(folderWithNothing(), 'no-such-program'), 'was not found'],
    ['that is on no PATH', 'policy-wrap-no-such-program', 'was not found'],
    ['with an impossible name', 'a\0b', 'cannot be started'],
  ])('%s', async (_, program, words) => {
    expect(await ask([program])).toMatchObject({
      approved: false,
      how: 'unavailable',
      reason: expect.stringContaining(words),
    });
  });

  onPosix('that may not be run, or is a folder', async () => {
    const file = path.join(folderWith({ program: 'text' }), 'program');
    for (const program of [file, path.dirname(file)])
      expect((await ask([program])).reason).toMatch(
        /^The approval program "[^"]*" cannot be started \(EACCES\)\.$/,
      );
  });

  it('and says what happened to people, so much of it and nothing that a terminal obeys', async () => {
    const { told } = await ask(
      nodeProgram(
        "console.error('no\\u001b[2Jtoken\\nsecond\\u202e'); console.error('x'.repeat(200_000)); process.exitCode = 1;",
      ),
    );
    expect(told.slice(0, 2)).toEqual([
      expect.stringMatching(/^"node(?:\.exe)?" says: no\\u\{1b\}\[2Jtoken$/),
      expect.stringMatching(/says: second\\u\{202e\}$/),
    ]);
    expect(told.join('').length).toBeLessThan(100_000);
  });
});

describe('a program that nobody waits for any more', () => {
  onPosix.each([
    ['is ended with all that it has started', false],
    ['is ended even when it does not want to', true],
  ])('%s', async (_, ignores) => {
    const family = new Family(3, ignores);
    const controller = new AbortController();
    const asked = ask([process.execPath, ...family.args], {}, controller.signal);
    await family.complete();
    controller.abort();
    expect(await asked).toMatchObject({ approved: false, how: 'unanswered', via: 'command' });
    await until(() => family.alive === 0);
  });

  it('is not started when that is known before', async () => {
    const file = path.join(folderWith(), 'started');
    const answer = await ask(
      nodeProgram(`writeFileSync(${JSON.stringify(file)}, '')`),
      {},
      AbortSignal.abort(),
    );
    expect(answer).toMatchObject({ approved: false, how: 'unanswered' });
    expect(existsSync(file)).toBe(false);
  });

  it('approves nothing by what it has said before its end', async () => {
    const controller = new AbortController();
    const file = path.join(folderWith(), 'said');
    const asked = ask(
      nodeProgram(
        `process.stdout.write('{"decision":"approve"}', () => writeFileSync(${JSON.stringify(file)}, '')); setInterval(() => {}, 1000);`,
      ),
      {},
      controller.signal,
    );
    await until(() => existsSync(file));
    controller.abort();
    expect(await asked).toMatchObject({ approved: false, how: 'unanswered' });
  });

  onPosix('has answered when it has ended, whatever it leaves running, which is ended', async () => {
    const folder = folderWith();
    const pidFile = path.join(folder, 'pid');
    const answer = await ask(
      nodeProgram(`
        const { spawn } = require('node:child_process');
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
        writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
        process.stdout.write('{"decision":"approve"}', () => process.exit(0));
      `),
    );
    expect(answer).toMatchObject({ approved: true });
    await until(() => !isAlive(Number(readFileSync(pidFile, 'utf8'))));
  });
});

describe('many', () => {
  it('a hundred questions at once are answered, each its own', async () => {
    const command = nodeProgram(
      "const { arguments: { n } } = JSON.parse(requestText()); answer({ decision: n % 2 ? 'approve' : 'deny', by: String(n) });",
    );
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on('warning', warn);
    onTestFinished(() => void process.off('warning', warn));
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => ask(command, { argumentsText: `{"n":${n}}` })),
    );
    expect(answers.map(({ approved, by }) => [approved, by])).toEqual(
      Array.from({ length: 100 }, (_, n) => [n % 2 === 1, String(n)]),
    );
    expect(warnings).toEqual([]);
  });
});

describe('the command', () => {
  it('is what the policy in force says', async () => {
    const approver = commandApprover(
      () => undefined,
      () => {},
    );
    expect(approver.available(question())).toBe(false);
    expect(await approver.ask(question(), new AbortController().signal)).toMatchObject({
      how: 'unavailable',
    });
  });

  onPosix('may be a file that the system runs', async () => {
    const program = executable("console.log(JSON.stringify({ decision: 'approve' }));");
    expect(await ask([program])).toMatchObject({ approved: true });
  });
});

/** Outside of any test, where nothing is cleaned up: only a name. */
function folderWithNothing(): string {
  return path.resolve('no-such-folder');
}
