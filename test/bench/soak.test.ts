import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { withoutLinux } from '../skip.js';

const SOAK = fileURLToPath(new URL('../../bench/soak/run.mjs', import.meta.url));

/** What a few seconds of the soak can check; memory needs minutes. */
it.skipIf(withoutLinux('since the soak looks into /proc'))(
  'a short soak keeps every promise',
  { timeout: 120_000 },
  async () => {
    const { stdout, stderr, exitCode } = await execa(
      process.execPath,
      [SOAK, '--minutes', '0.2', '--rate', '100', '--seed', '20260728'],
      { reject: false },
    );
    expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
    expect(stdout.match(/^PASS /gm)?.length).toBeGreaterThan(20);
  },
);
