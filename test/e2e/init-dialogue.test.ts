import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectUsable, FILE, run, saved, text } from './init-place.js';
import { fixture, Place } from './place.js';
import { NO_TERMINAL, Terminal } from './terminal.js';

const ENTER = '\r';
const DOWN = '\u001b[B';
const CTRL_C = '\u0003';

const TOOLS = ['list_keys', 'create_key', 'delete_key', 'run_query'].map((name) => ({ name }));

describe.skipIf(NO_TERMINAL)('init at a terminal', () => {
  it('asks where and how strict, and does as it is told', async () => {
    const place = new Place();
    const terminal = new Terminal(place, ['init', ...saved(place, TOOLS)]);
    await terminal.shows('Where should the policy be saved?');
    terminal.type(ENTER);
    await terminal.shows('tools that write (create_key)');
    terminal.type(DOWN + ENTER);
    await terminal.shows('run code, delete or pay (run_query, delete_key)');
    terminal.type(DOWN + ENTER);
    await terminal.shows('How do you want to be asked');
    terminal.type(ENTER);
    expect(await terminal.exited).toBe(0);
    expect(terminal.screen).toContain(`wrote ${FILE}: 4 tools`);
    // NO_COLOR is set.
    expect(terminal.screen).not.toContain('\u001b[36m');
    expect(text(place)).toContain('  write: require_approval\n');
    expect(text(place)).toContain('  destructive: deny\n');
    expect(terminal.screen).toContain('policy-wrap approvals watch');
    expect(text(place)).toContain('approvals: { open: false, notify: false }\n');
    expect(expectUsable(place)).toMatch(/delete_key on my-server +deny/);
  });

  it('says once that a launcher is waited for, however many servers it starts', {
    timeout: 60_000,
  }, async () => {
    const place = new Place();
    const start = (name: string) => {
      const late = 'await new Promise((done) => setTimeout(done, 2_000)); await import(process.argv[2]);';
      return { command: process.execPath, args: [place.write(`${name}.mjs`, late), fixture('modern.mjs')] };
    };
    const mcpServers = { one: start('one'), two: start('two') };
    place.write(path.join('..', '.cursor', 'mcp.json'), JSON.stringify({ mcpServers }));
    const terminal = new Terminal(place, ['init', '--yes']);
    await terminal.exited;
    expect(terminal.screen.match(/ of Cursor is started/g)).toHaveLength(2);
    expect(terminal.screen.match(/waiting for its answer/g)).toHaveLength(1);
  });

  it('writes the file of the user', async () => {
    const place = new Place();
    const terminal = new Terminal(place, ['init', ...saved(place, TOOLS)]);
    await terminal.shows('Where should the policy be saved?');
    terminal.type(DOWN + ENTER);
    await terminal.shows('tools that write');
    terminal.type(ENTER);
    await terminal.shows('run code');
    terminal.type(ENTER);
    await terminal.shows('How do you want to be asked');
    terminal.type(ENTER);
    expect(await terminal.exited).toBe(0);
    expect(place.has(FILE)).toBe(false);
    const file = path.join(place.folder, 'config/policy-wrap/policy-wrap.yaml');
    expect(readFileSync(file, 'utf8')).toContain('run_query: { category: execute }');
    expect(run(place, 'explain', 'run_query', '--server', 'my-server').stdout).toContain('require_approval');
  });

  it.each([1, 2, 3, 4])('writes nothing when it is stopped at question %i', async (questions) => {
    const place = new Place();
    const terminal = new Terminal(place, ['init', ...saved(place, TOOLS)]);
    for (const [index, words] of ['Where should', 'that write', 'run code', 'to be asked']
      .slice(0, questions)
      .entries()) {
      await terminal.shows(words);
      terminal.type(index === questions - 1 ? CTRL_C : ENTER);
    }
    expect(await terminal.exited).toBe(1);
    expect(terminal.screen).toContain('stopped, so nothing is written');
    expect(readdirSync(place.work)).toEqual(['tools.json']);
  });

  it('adds to what is there, or writes it anew and keeps the old', async () => {
    const place = new Place();
    run(place, 'init', ...saved(place, TOOLS.slice(1)));
    const first = text(place);
    const adding = new Terminal(place, ['init', ...saved(place, TOOLS)]);
    await adding.shows('Add 1 tool (1 read) of "my-server"');
    adding.type(ENTER);
    expect(await adding.exited).toBe(0);
    const second = text(place);
    expect(second).toContain('list_keys: { category: read }');
    expect(second.startsWith(first.split('\n\n# Whether')[0] ?? '')).toBe(true);

    const anew = new Terminal(place, ['init', ...saved(place, TOOLS.slice(0, 1), 'other')]);
    await anew.shows('Add 1 tool');
    anew.type(DOWN + ENTER);
    await anew.shows('tools that write?');
    anew.type(ENTER);
    await anew.shows('delete or pay?');
    anew.type(ENTER);
    await anew.shows('How do you want to be asked');
    anew.type(ENTER);
    expect(await anew.exited).toBe(0);
    expect(anew.screen).toContain(`the old one is ${FILE}.old`);
    expect(text(place, `${FILE}.old`)).toBe(second);
    expect(text(place)).not.toContain('my-server');
    expectUsable(place);

    const leaving = new Terminal(place, ['init', ...saved(place, TOOLS, 'third')]);
    await leaving.shows('Add 4 tools');
    leaving.type(DOWN + DOWN + ENTER);
    expect(await leaving.exited).toBe(1);
    expect(text(place)).not.toContain('third');
  });

  it('names servers of clients as their configs do, and offers the policy of the user first', async () => {
    const place = new Place();
    const server = { command: process.execPath, args: [fixture('modern.mjs')] };
    const mcpServers = { mine: server };
    place.write(path.join('..', '.cursor', 'mcp.json'), JSON.stringify({ mcpServers }));
    const terminal = new Terminal(place, ['init']);
    await terminal.shows('mine (Cursor)');
    terminal.type(ENTER);
    await terminal.shows('Where should the policy be saved?');
    terminal.type(ENTER);
    for (const words of ['that write', 'run code', 'to be asked']) {
      await terminal.shows(words);
      terminal.type(ENTER);
    }
    expect(await terminal.exited).toBe(0);
    expect(place.has(FILE)).toBe(false);
    expect(terminal.screen).toContain('1 of 1 server is in ~');
    const again = new Terminal(place, ['init']);
    await again.shows('mine (Cursor, in the policy already)');
    again.type(CTRL_C);
    expect(await again.exited).toBe(1);
  });

  it('tries how one wants to be asked, and asks again when it was not seen', async () => {
    const place = new Place();
    for (const name of ['notify-send', 'xdg-open'])
      chmodSync(place.write(`bin/${name}`, `#!/bin/sh\necho "$*" >> "${place.work}/${name}.shown"\n`), 0o755);
    const terminal = new Terminal(place, ['init', ...saved(place, TOOLS)], {
      ...{ CI: '', DISPLAY: ':0', SSH_CONNECTION: '', SSH_CLIENT: '', SSH_TTY: '', CODESPACES: '' },
      ...{ POLICY_WRAP_DESKTOP: '', PATH: `${path.join(place.work, 'bin')}:${process.env['PATH']}` },
    });
    for (const words of ['Where should', 'that write', 'run code']) {
      await terminal.shows(words);
      terminal.type(ENTER);
    }
    await terminal.shows('to be asked');
    terminal.type(ENTER);
    const first = await terminal.shows('Did you see it?');
    await expect.poll(() => place.has('notify-send.shown') && place.has('xdg-open.shown')).toBe(true);
    terminal.type(DOWN + ENTER);
    const again = await terminal.shows('to be asked', first);
    terminal.type(DOWN + DOWN + ENTER);
    await terminal.shows('Did you see it?', again);
    terminal.type(ENTER);
    expect(await terminal.exited).toBe(0);
    expect(text(place)).toContain('approvals: { open: false, notify: true }\n');
    expectUsable(place);
  });

  it.each(['--yes', '--update'])('asks nothing with %s', async (option) => {
    const place = new Place();
    const terminal = new Terminal(place, ['init', option, ...saved(place, TOOLS)]);
    expect(await terminal.exited).toBe(0);
    expectUsable(place);
  });
});
