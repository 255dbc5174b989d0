import { describe, expect, it } from 'vitest';
import { Place } from '../e2e/place.js';
import { onWindows } from '../skip.js';
import { aftermath, watch, watchScript } from './aftermath.js';

const POLICY = 'version: 1\ndefault: allow\n';

/** Preloaded into the wrapper: while the server is started, no file descriptor is left. */
const EXHAUSTED = `
  const child_process = require('node:child_process');
  const { closeSync, openSync } = require('node:fs');
  const { spawn } = child_process;
  if (process.argv[1].endsWith('policy-wrap.js')) child_process.spawn = (...args) => {
    const open = [];
    try { for (;;) open.push(openSync('/dev/null')); } catch {}
    try { return spawn(...args); } finally { for (const file of open) closeSync(file); }
  };`;

/** Starts the wrapper with so few file descriptors that they can be used up. */
const LIMITED = `
  import { spawn } from 'node:child_process';
  const command = [process.execPath, ...process.argv.slice(2)];
  spawn('sh', ['-c', 'ulimit -n 200; exec "$@"', 'sh', ...command], { stdio: 'inherit' })
    .on('exit', (code) => process.exit(code));`;

describe('a server that cannot be started', () => {
  it.each([
    ['is not there', 'no-such-command-anywhere', 127, "the command 'no-such-command-anywhere' was not found"],
    [
      'may not be run',
      './policy-wrap.yaml',
      126,
      "the command './policy-wrap.yaml' cannot be started: EACCES",
    ],
  ])('because it %s: one sentence, what shells answer, and every request is answered', async (...row) => {
    const [, command, exitCode, message] = row;
    const watched = watch(POLICY, [command, '--flag']);
    watched.send({ id: 1, method: 'initialize', params: {} });
    watched.send({ id: 2, method: 'tools/call', params: { name: 'read_note' } });
    await watched.process;
    expect(watched.stderr).toMatch(new RegExp(`^policy-wrap: ${message}\n  help: [^\n]+\n$`));
    await aftermath(watched, { exitCode });
  });
});

it.skipIf(onWindows('no limit of files can be set'))(
  'without a file descriptor left, that is said',
  async () => {
    const files = new Place();
    const env = { NODE_OPTIONS: `--require=${files.write('exhausted.cjs', EXHAUSTED)}` };
    const through = files.write('limited.mjs', LIMITED);
    const watched = watch(POLICY, ['node'], { env, through });
    watched.send({ id: 1, method: 'initialize', params: {} });
    await aftermath(watched, { exitCode: 126 });
    expect(watched.stderr).toContain("the command 'node' cannot be started: EMFILE");
  },
);

it('a server that starts slowly answers what was sent before, in order', async () => {
  const watched = watchScript(
    `${POLICY}tools: { delete_note: deny }\n`,
    `import { createInterface } from 'node:readline';
    setTimeout(() => {
      createInterface({ input: process.stdin }).on('line', (line) => {
        const { id } = JSON.parse(line);
        if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result: {} }));
      });
    }, 2_000);`,
  );
  watched.send({ id: 0, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {} } });
  watched.send({ method: 'notifications/initialized' });
  for (let id = 1; id < 20; id++) watched.send({ id, method: 'tools/call', params: { name: 'read_note' } });
  // A refusal needs no server.
  await watched.call('refused', 'delete_note');
  expect(watched.lines).toHaveLength(1);
  await watched.answer(19);
  const ids = watched.lines.slice(1).map((line) => (JSON.parse(line) as { id: number }).id);
  expect(ids).toEqual(Array.from({ length: 20 }, (_, id) => id));
  watched.process.stdin.end();
  await aftermath(watched, { exitCode: 0 });
});
