import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { onWindows } from '../skip.js';
import { aftermath, type Watched, watchScript } from './aftermath.js';
import { memoryOf } from './processes.js';

const stderrBlocks = onWindows('stderr blocks, and nothing can be done about it');

const POLICY = 'version: 1\ndefault: allow\n';
const MEGABYTE = 1024 * 1024;

/** Answers each request, after what it does first. */
function server(first: string): string {
  return `import { createInterface } from 'node:readline';
    import { writeSync } from 'node:fs';
    ${first}
    createInterface({ input: process.stdin }).on('line', (line) => {
      const { id, method } = JSON.parse(line);
      if (method === 'crash') {
        writeSync(2, 'the last words\\n');
        process.exit(7);
      }
      console.log(JSON.stringify({ jsonrpc: '2.0', id, result: {} }));
    });`;
}

/** Answers to nothing, of which the first are told to a person. Goes on for so many rounds of 0.9 MB, or for ever. */
const noise = (rounds: number) => `
  const noise = (JSON.stringify({ jsonrpc: '2.0', id: 'x'.repeat(400), result: {} }) + '\\n').repeat(2_000);
  for (let count = 0; count < ${rounds}; count++)
    if (!process.stdout.write(noise)) await new Promise((go) => process.stdout.once('drain', go));`;

function unreadStderr(first: string): Watched {
  const watched = watchScript(POLICY, server(first));
  watched.process.stderr.pause();
  return watched;
}

describe.skipIf(stderrBlocks)('a client that does not read what we tell people', () => {
  it('is answered all the same, and our memory does not grow', async () => {
    const watched = unreadStderr(`
      console.log('{"jsonrpc":"2.0","method":"ready"}');
      await new Promise((go) => process.stdin.once('readable', go));
      ${noise(40)}`);
    await watched.until(({ method }) => method === 'ready');
    const before = memoryOf(watched.process.pid) ?? 0;
    expect(await watched.call(1, 'read_note')).toHaveProperty('result');
    expect((memoryOf(watched.process.pid) ?? 0) - before).toBeLessThan(80 * MEGABYTE);
    watched.process.stdin.end();
    await aftermath(watched, { exitCode: 0 });
  });

  it('ends us when it ends', async () => {
    const watched = unreadStderr(noise(Number.POSITIVE_INFINITY));
    await sleep(500);
    watched.process.stdin.end();
    await watched.process;
    await aftermath(watched, { exitCode: 143 });
  });

  it('can still send us signals', async () => {
    const watched = unreadStderr(noise(40));
    await watched.call(1, 'read_note');
    watched.process.kill('SIGTERM');
    await aftermath(watched, { exitCode: 143 });
  });

  it('makes a server wait that says too much there, as it would without us, and ends it all the same', async () => {
    const watched = unreadStderr(
      `for (let count = 0; count < 100; count++) writeSync(2, 'x'.repeat(100_000));`,
    );
    watched.send({ method: 'notifications/initialized' });
    await sleep(500);
    watched.process.stdin.end();
    await aftermath(watched, { exitCode: 143 });
  });
});

describe('what a server writes to its stderr', () => {
  it('arrives as it is, a megabyte of it', async () => {
    const watched = watchScript(POLICY, server(`writeSync(2, '<' + 'y'.repeat(${MEGABYTE}) + '>\\n');`));
    await watched.request(1, 'ping');
    await watched.told(`<${'y'.repeat(MEGABYTE)}>\n`);
    watched.process.stdin.end();
    await aftermath(watched, { exitCode: 0 });
  });

  it('arrives also when it crashes right behind it', async () => {
    const watched = watchScript(POLICY, server(''));
    await watched.request(1, 'crash');
    await aftermath(watched, { exitCode: 7 });
    expect(watched.stderr).toContain('the last words\n');
  });

  it('goes nowhere, and holds nothing up, when nobody can read it any more', async () => {
    const watched = watchScript(
      POLICY,
      server(`setTimeout(() => process.stderr.write('x'.repeat(10_000_000)), 300);`),
    );
    await watched.request(1, 'ping');
    watched.process.stderr.destroy();
    await sleep(500);
    expect(await watched.call(2, 'read_note')).toHaveProperty('result');
    watched.process.stdin.end();
    await aftermath(watched, { exitCode: 0 });
  });
});
