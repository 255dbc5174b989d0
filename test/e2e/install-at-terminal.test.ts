import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configText, putConfig } from './configs.js';
import { Place } from './place.js';
import { NO_TERMINAL, Terminal } from './terminal.js';

const QUESTION = 'Write this file? [y/N]';

/** A config of Claude Code, and `install` that asks about it. */
async function asked(): Promise<{ file: string; text: string; terminal: Terminal }> {
  const place = new Place();
  const text = configText('claude-code.json');
  const file = putConfig(place, 'claude-code', '.claude.json', text);
  const terminal = new Terminal(place, ['install', '--client', 'claude-code']);
  await terminal.shows(QUESTION);
  expect(readFileSync(file, 'utf8')).toBe(text);
  return { file, text, terminal };
}

describe.skipIf(NO_TERMINAL)('install at a terminal', () => {
  it('shows the changes, asks, and writes when it is told yes', async () => {
    const { file, terminal } = await asked();
    expect(terminal.screen).toContain('"policy-wrap@');
    expect(terminal.screen).not.toMatch(/hunter2|ghp_0000/);
    terminal.type('y\r');
    await terminal.shows('is written; as it was before: ');
    expect(await terminal.exited).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('"policy-wrap@');
  });

  it.each(['\r', 'n\r', 'yikes\r', '\u0004', '\u0003'])('writes nothing when it is told %j', async (keys) => {
    const { file, text, terminal } = await asked();
    terminal.type(keys);
    await terminal.shows('nothing was written');
    expect(await terminal.exited).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('keeps what the client has written in the meantime, where its servers are the same', async () => {
    const { file, text, terminal } = await asked();
    const meantime = text.replace('"numStartups": 184', '"numStartups": 185,\n  "more": "of it"');
    writeFileSync(file, meantime);
    terminal.type('y\r');
    await terminal.shows('is written');
    expect(await terminal.exited).toBe(0);
    const after = readFileSync(file, 'utf8');
    expect(after).toContain('"numStartups": 185,\n  "more": "of it"');
    expect(after).toContain('"policy-wrap@');
  });

  it('writes nothing where its servers are others in the meantime', async () => {
    const { file, text, terminal } = await asked();
    const meantime = text.replace('"@playwright/mcp@latest"', '"@playwright/mcp@latest", "--unseen"');
    writeFileSync(file, meantime);
    terminal.type('y\r');
    await terminal.shows('its servers were changed by someone else just now');
    expect(await terminal.exited).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(meantime);
  });
});
