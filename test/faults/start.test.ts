import { describe, expect, it } from 'vitest';
import { aftermath, watch, watchScript } from './aftermath.js';

const POLICY = 'version: 1\ndefault: allow\n';

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
