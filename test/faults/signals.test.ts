import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Place } from '../e2e/place.js';
import { onWindows } from '../skip.js';
import { aftermath, nothingIsLeft, type Watched, watchRecorder, watchScript } from './aftermath.js';
import { marked, NO_PROC } from './processes.js';
import { heldCall } from './states.js';

const POLICY = 'version: 1\ndefault: allow\ntools: { "ask_*": require_approval }\n';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const STATES: [string, (watched: Watched) => Promise<unknown>][] = [
  ['nothing is asked', (watched) => watched.request('before', 'ping')],
  [
    'calls are in flight and wait for a person',
    async (watched) => {
      watched.send({ id: 'flying', method: 'tools/call', params: { name: 'never_answers' } });
      await heldCall(watched, 'held');
    },
  ],
];

/** Preloaded into the wrapper: a signal comes as soon as the system has made the process of the server. */
const SIGNALLED = `
  const child_process = require('node:child_process');
  const { spawn } = child_process;
  child_process.spawn = (...args) => {
    const child = spawn(...args);
    process.kill(process.pid, 'SIGTERM');
    return child;
  };`;

describe.skipIf(onWindows('there are no signals'))('a signal to the wrapper', () => {
  describe.each(STATES)('while %s', (_state, begin) => {
    it.each(SIGNALS)('%s ends the server, and the exit code says so', async (signal) => {
      const watched = watchRecorder(POLICY);
      await begin(watched);
      watched.process.kill(signal);
      await aftermath(watched, { exitCode: 128 + constants.signals[signal] });
      expect(watched.place.recorded()).not.toContain('ask_this');
    });

    it.each(SIGNALS)('%s, and again at once, ends it no less cleanly', async (signal) => {
      const watched = watchRecorder(POLICY);
      await begin(watched);
      watched.process.kill(signal);
      watched.process.kill(signal);
      await aftermath(watched, { exitCode: 128 + constants.signals[signal] });
    });
  });

  it.each(SIGNALS)('%s ends a server that ignores it, once no client would wait any more', async (signal) => {
    const watched = watchScript(
      POLICY,
      `for (const signal of ${JSON.stringify(SIGNALS)}) process.on(signal, () => {});
      process.stdin.resume();
      setInterval(() => {}, 1_000);
      console.log('{"jsonrpc":"2.0","method":"ready"}');`,
    );
    await watched.until(({ method }) => method === 'ready');
    watched.send({ id: 'flying', method: 'tools/call', params: { name: 'never_answers' } });
    const startedAt = performance.now();
    watched.process.kill(signal);
    await sleep(20);
    watched.process.kill(signal);
    await aftermath(watched, { exitCode: 137 });
    expect(performance.now() - startedAt).toBeGreaterThan(9_500);
    expect(performance.now() - startedAt).toBeLessThan(60_000);
  });

  it.skipIf(NO_PROC)('in the moment in which the server is started does not leave it behind', async () => {
    const preload = new Place().write('signalled.cjs', SIGNALLED);
    // It does not look at its stdin, whose end would end it.
    const watched = watchScript(POLICY, 'setInterval(() => {}, 1_000);', {
      env: { NODE_OPTIONS: `--require=${preload}` },
    });
    onTestFinished(() => {
      for (const left of marked(watched.mark)) process.kill(Number.parseInt(left, 10), 'SIGKILL');
    });
    await watched.process;
    await nothingIsLeft(watched);
  });

  it('after the client has ended does not wait for what was granted then', async () => {
    const watched = watchRecorder(POLICY, { env: { FIXTURE_STUBBORN: '1' } });
    await watched.request(1, 'ping');
    const endedAt = performance.now();
    watched.process.stdin.end();
    await sleep(100);
    watched.process.kill('SIGINT');
    await watched.process;
    // What was granted is 20 s.
    expect(performance.now() - endedAt).toBeLessThan(18_000);
    await aftermath(watched, { exitCode: 130 });
  });

  it.each(SIGNALS)(
    '%s leaves a server the time to clean up, and closes its input at once',
    async (signal) => {
      const watched = watchScript(
        POLICY,
        `import { writeFileSync } from 'node:fs';
      process.on('${signal}', () => setTimeout(() => process.exit(9), 3_500));
      process.stdin.resume().on('end', () => writeFileSync('closed', ''));
      console.log('{"jsonrpc":"2.0","method":"ready"}');`,
      );
      await watched.until(({ method }) => method === 'ready');
      watched.process.kill(signal);
      await expect.poll(() => watched.place.has('closed')).toBe(true);
      await aftermath(watched, { exitCode: 9 });
    },
  );

  it('withdraws what waits for a person at once', async () => {
    const watched = watchScript(
      POLICY,
      `import { existsSync } from 'node:fs';
      process.on('SIGTERM', () => setInterval(() => existsSync('answered') && process.exit(9), 50));
      process.stdin.resume();
      console.log('{"jsonrpc":"2.0","method":"ready"}');`,
    );
    await watched.until(({ method }) => method === 'ready');
    watched.send({ id: 'held', method: 'tools/call', params: { name: 'ask_this' } });
    await sleep(300);
    watched.process.kill('SIGTERM');
    // The server ends only once there is an answer.
    await watched.answer('held');
    watched.place.write('answered', '');
    await aftermath(watched, { exitCode: 9 });
  });

  it.skipIf(NO_PROC)('that nobody can handle closes the server’s stdin, which ends it', async () => {
    const watched = watchRecorder(POLICY);
    watched.send({ id: 'flying', method: 'tools/call', params: { name: 'never_answers' } });
    await watched.request('before', 'ping');
    watched.process.kill('SIGKILL');
    await watched.process;
    await nothingIsLeft(watched);
  });
});
