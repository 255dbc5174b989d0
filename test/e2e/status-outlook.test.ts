import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { policyWrap, putConfig } from './configs.js';
import { Place } from './place.js';
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
});

async function waitingId(place: Place): Promise<string | undefined> {
  const { stdout } = await policyWrap(place, ['approvals', '--json']);
  return (JSON.parse(stdout) as { waiting: { id: string }[] }).waiting[0]?.id;
}
