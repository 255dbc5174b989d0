import { describe, expect, it } from 'vitest';
import { aftermath, type Watched, watchScript } from './aftermath.js';

const POLICY = 'version: 1\ndefault: allow\ntools: { "never_*": { timeout: 30 } }\n';

/** Answers each request; `noise` is the text of an expression, which is written before the start and before each answer. */
function noisy(noise: string): Watched {
  return watchScript(
    POLICY,
    `import { createInterface } from 'node:readline';
    const noise = ${noise};
    process.stdout.write(noise);
    createInterface({ input: process.stdin }).on('line', (line) => {
      process.stdout.write(noise);
      process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(line).id, result: {} }) + '\\n');
    }).on('close', () => process.stdout.write(noise));`,
  );
}

describe('what a server writes beside its messages is for people only', () => {
  it.each([
    ['a banner', `'\\n  ___\\n / _ \\\\  Server 1.0\\n \\\\___/  ready!\\n\\n'`, 'Server 1.0'],
    ['a log line', `'2026-11-24 10:00:00 [INFO] {"jsonrpc":"2.0"} is spoken here\\n'`, '[INFO]'],
    ['JSON that is no message', `'{"level":"info","msg":"up"}\\n[1,2]\\nnull\\n"text"\\n7\\n'`, '"level"'],
    ['half a message', `'{"jsonrpc":"2.0","id":1,"resu\\n'`, '"resu'],
    [
      'every byte but a line end',
      'Buffer.concat([Buffer.from([...Array(256).keys()].filter((byte) => byte !== 10)), Buffer.from("\\n")])',
      'bytes that are not text',
    ],
    [
      'what looks like a message behind a carriage return',
      `'x\\r{"jsonrpc":"2.0","id":1,"result":{}}\\n'`,
      '"result"',
    ],
    ['a line of 5 MB', `'y'.repeat(5_000_000) + '\\n'`, 'yyy'],
    ['colours and a bell', `'\\u001b[31mred\\u001b[0m\\u0007\\n'`, 'red'],
  ])('%s', async (_case, noise, shown) => {
    const watched = noisy(noise);
    for (const id of [1, 'two', 0]) await watched.call(id, 'read_note');
    watched.process.stdin.end();
    await aftermath(watched, { exitCode: 0 });
    expect(watched.stderr).toContain(shown);
    expect(watched.stderr).not.toMatch(/[^\P{C}\n]/u);
    expect(watched.stderr.length).toBeLessThan(20_000);
  });
});

it('noise without a line end takes the message behind it with it, and that call is timed out', async () => {
  const watched = watchScript(
    'version: 1\ndefault: { action: allow, timeout: 0.5 }\n',
    `import { createInterface } from 'node:readline';
    createInterface({ input: process.stdin }).on('line', (line) => {
      const { id, method } = JSON.parse(line);
      if (id === 1) process.stdout.write('Loading… ');
      if (method === 'tools/call') console.log(JSON.stringify({ jsonrpc: '2.0', id, result: {} }));
    });`,
  );
  expect(JSON.stringify(await watched.call(1, 'read_note'))).toContain('Timed out');
  expect(await watched.call(2, 'read_note')).toHaveProperty('result', {});
  watched.process.stdin.end();
  await aftermath(watched, { exitCode: 0 });
  expect(watched.stderr).toContain('Loading… {"jsonrpc"');
});

it('a line that never ends ends the server before it fills the memory, and every call is answered', async () => {
  const watched = watchScript(
    POLICY,
    `process.stdin.resume();
    const chunk = 'z'.repeat(1024 * 1024);
    const write = () => process.stdout.write(chunk, write);
    write();`,
  );
  for (let id = 0; id < 10; id++)
    watched.send({ id, method: 'tools/call', params: { name: 'never_answers' } });
  await aftermath(watched, { exitCode: 137 });
  expect(watched.stderr).toContain('the server wrote a line of more than 256 MB and was ended');
});
