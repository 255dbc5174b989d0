import path from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';

it('the tables of docs/commands.md are up to date', async () => {
  const script = path.resolve(import.meta.dirname, '../../../scripts/commands-doc.mjs');
  const { exitCode, stderr } = await execa(process.execPath, [script, '--check'], { reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});
