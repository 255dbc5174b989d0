import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { policyWrap, putConfig } from './configs.js';
import { Place, PROGRAM } from './place.js';
import { Wrapped } from './program.js';

const soon = { timeout: 20_000, interval: 50 };
const WRAPPED = { command: 'policy-wrap', args: ['--', 'node', 'x.mjs'] };

function cursor(place: Place, entry: object): void {
  putConfig(place, 'cursor', '.cursor/mcp.json', JSON.stringify({ mcpServers: { notes: entry } }));
}

describe('the last lines of status', () => {
  it('name the server that runs and the call that waits, also where no client is known', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: require_approval\napprovals: { via: [terminal], hold: 100 }\n');
    const wrapped = Wrapped.recorder(place, ['--server', 'mail']);
    const reply = wrapped.call(1, 'send', {});
    const { stdout } = await vi.waitFor(async () => {
      const result = await policyWrap(place, ['status']);
      expect(result.stdout).toContain('1 call waits');
      return result;
    }, soon);
    expect(stdout).toContain('1 call waits for approval: policy-wrap approvals\n');
    expect(stdout).toContain('running: mail (only those that have asked somebody are known)\n');
    expect(stdout).toContain('next: policy-wrap approvals watch\n');
    const { waiting, running } = JSON.parse((await policyWrap(place, ['status', '--json'])).stdout);
    expect({ waiting, running }).toEqual({ waiting: 1, running: ['mail'] });
    await policyWrap(place, ['deny', (await waitingId(place)) ?? '']);
    await reply;
    await wrapped.end();
    expect((await policyWrap(place, ['status'])).stdout).toMatch(/^log: .*policy-wrap$/m);
  });

  it('say where calls will wait and be written down before there are any', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: deny\naudit: { file: calls.jsonl }\n');
    cursor(place, WRAPPED);
    const { stdout } = await policyWrap(place, ['status']);
    expect(stdout).toContain(
      'no call waits for approval; those that need you come to: policy-wrap approvals watch\n',
    );
    expect(stdout).toContain(`log: ${path.join('~', 'work', 'calls.jsonl')} (nothing is written yet)\n`);
    expect(stdout).toContain('next: restart your clients; to see what works: policy-wrap doctor');
  });

  it('name the policy that is to be checked', async () => {
    const place = new Place();
    place.policy('version: 1\ndefault: alow\n');
    cursor(place, WRAPPED);
    const { stdout } = await policyWrap(place, ['status']);
    expect(stdout).toMatch(/^next: policy-wrap check (?:\S*[\\/])?policy-wrap\.yaml$/m);
  });

  it.each([
    ['an option that there is not', ['--confg', 'x.yaml']],
    ['a preset that there is not', ['--preset', 'standrad']],
    ['a file that has moved', ['--config', '/nowhere/policy-wrap.yaml']],
  ])('send to doctor where what is wrong is %s, which check would not see', async (_, options) => {
    const place = new Place();
    cursor(place, { command: 'policy-wrap', args: [...options, '--', 'node', 'x.mjs'] });
    const { stdout } = await policyWrap(place, ['status']);
    expect(stdout).toMatch(/^next: policy-wrap doctor notes$/m);
  });
});

describe('the next step is one that changes something', () => {
  const SIGNED_IN = { url: 'https://api.githubcopilot.com/mcp/' };

  it('a server that install leaves alone is nothing to install, and status says why', async () => {
    const place = new Place();
    cursor(place, SIGNED_IN);
    const { stdout } = await policyWrap(place, ['status']);
    expect(stdout).toContain(
      'notes (Cursor): install leaves it without policy-wrap: api.githubcopilot.com lets',
    );
    expect(stdout).toContain('nothing to install: 1 server without policy-wrap, see above');
    expect(stdout).not.toContain('next: ');
    const { next, left, clients } = JSON.parse((await policyWrap(place, ['status', '--json'])).stdout);
    expect({ next, left }).toEqual({ left: 1 });
    expect(clients[0].servers[0].left).toContain('lets the client itself sign in');
    expect((await policyWrap(place, ['install', '--yes'])).stderr).toContain('nothing needs to change');
  });

  it.each([
    ['a URL that it wraps', { url: 'https://example.invalid/mcp' }],
    ['a URL that it wraps, beside one that it does not', SIGNED_IN, { command: process.execPath }],
  ])('%s is to be installed', async (_, notes, other?: object) => {
    const place = new Place();
    const mcpServers = { notes, ...(other && { other }) };
    putConfig(place, 'cursor', '.cursor/mcp.json', JSON.stringify({ mcpServers }));
    const { stdout } = await policyWrap(place, ['status']);
    expect(stdout).toMatch(/^next: policy-wrap install$/m);
    expect(stdout).not.toContain('nothing to install');
    expect((await policyWrap(place, ['install', '--dry-run'])).stderr).toContain('nothing was written');
  });

  it('where what starts policy-wrap is gone, it is what names another', async () => {
    const place = new Place();
    const gone = path.join(place.folder, 'gone', 'policy-wrap.js');
    cursor(place, { command: process.execPath, args: [gone, '--', process.execPath, 'x.js'] });
    const { stdout } = await policyWrap(place, ['status']);
    const using = /^next: policy-wrap install --using "(.+)"$/m.exec(stdout)?.[1] ?? '';
    await policyWrap(place, ['install', '--yes', '--using', using]);
    expect((await policyWrap(place, ['status'])).stdout).not.toContain('next: policy-wrap install');
  });

  it('where the program of the server is gone, installing again is none', async () => {
    const place = new Place();
    const gone = path.join(place.folder, 'gone', 'server');
    cursor(place, { command: process.execPath, args: [PROGRAM, '--', gone] });
    const { stdout } = await policyWrap(place, ['status']);
    expect(stdout).toContain('notes (Cursor): the program of the server is gone: ');
    expect(stdout).not.toContain('next: policy-wrap install');
  });
});

async function waitingId(place: Place): Promise<string | undefined> {
  const { stdout } = await policyWrap(place, ['approvals', '--json']);
  return (JSON.parse(stdout) as { waiting: { id: string }[] }).waiting[0]?.id;
}
