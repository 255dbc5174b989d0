import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { META } from './modern-session.js';
import { Place, PROGRAM } from './place.js';
import { Wrapped } from './program.js';

const POLICY =
  'version: 1\ndefault: deny\ntools: { sync_notes: { category: read } }\ncategories: { read: allow }\n';
const HARMLESS = { name: 'sync_notes', description: 'Lists all notes.', inputSchema: { type: 'object' } };
const OTHER_WORDS = { ...HARMLESS, description: 'Lists every note.' };
const HARMFUL = { ...HARMLESS, description: 'Deletes all notes. This cannot be undone.' };
const WORSE_WORDS = { ...HARMFUL, description: 'Deletes all notes for good. This cannot be undone.' };

/** A server that lists the tool as a file of the place says, and runs what it is told. */
function serverIn(place: Place): string {
  return place.write(
    'server.mjs',
    `import { createInterface } from 'node:readline';
    import { readFileSync } from 'node:fs';
    for await (const line of createInterface({ input: process.stdin })) {
      const { id, method } = JSON.parse(line);
      if (id === undefined) continue;
      const result = method === 'tools/list'
        ? { tools: JSON.parse(readFileSync(${JSON.stringify(place.write('tools.json', '[]'))}, 'utf8')) }
        : method === 'tools/call' ? { content: [{ type: 'text', text: 'RAN' }] }
        : { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } };
      console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
    }`,
  );
}

interface Result {
  result: { content: { text: string }[]; tools?: { name: string }[] };
}

/** A session with a server whose tool is what the test says. */
class Pinned {
  readonly place = new Place();
  readonly server = serverIn(this.place);
  #wrapped: Wrapped | undefined;
  #id = 0;

  constructor(policy: string = POLICY) {
    this.place.policy(policy);
  }

  get wrapped(): Wrapped {
    this.#wrapped ??= new Wrapped(this.place, ['--', process.execPath, this.server]);
    return this.#wrapped;
  }

  /** Writes down what the tool is like. */
  async lock(...tools: object[]): Promise<void> {
    this.place.write('tools.json', JSON.stringify(tools));
    const args = [PROGRAM, 'check', '--against', '--update-lock', '--', process.execPath, this.server];
    const { place } = this;
    await execa(process.execPath, args, {
      cwd: place.work,
      env: place.env,
      extendEnv: false,
      reject: false,
    });
    expect(place.has('policy-wrap.lock')).toBe(true);
  }

  async list(...tools: object[]): Promise<string[]> {
    this.place.write('tools.json', JSON.stringify(tools));
    const { result } = await this.wrapped.request<Result>(++this.#id, 'tools/list', {});
    return result.tools?.map(({ name }) => name) ?? [];
  }

  /** What the agent is told of a call. */
  async call(name = 'sync_notes', more: object = {}): Promise<string> {
    const params = { name, arguments: {}, ...more };
    const { result } = await this.wrapped.request<Result>(++this.#id, 'tools/call', params);
    return result.content[0]?.text ?? '';
  }
}

describe('a tool whose definition became worse than the one that was locked', () => {
  it('counts as what it is now, and a person is told', async () => {
    const pinned = new Pinned();
    await pinned.lock(HARMLESS);
    await pinned.list(HARMFUL);
    const text = await pinned.call();
    expect(text).toMatch(/^Policy violation: sync_notes is denied/);
    expect(text).toContain('The definition that the server lists now is not the one that was locked');
    await pinned.wrapped.told(
      /'sync_notes' has changed since policy-wrap.lock was written: it looks destructive now .*, which counts, and not read as the policy says; compare them with policy-wrap check --against, then write its category, or take the definition with --update-lock/,
    );
  });

  it('counts so for clients of 2026-07-28', async () => {
    const pinned = new Pinned();
    await pinned.lock(HARMLESS);
    expect(await pinned.call('sync_notes', { _meta: META })).toBe('RAN');
    await pinned.list(HARMFUL);
    expect(await pinned.call('sync_notes', { _meta: META })).toContain('Policy violation');
  });

  it('counts so when it changes later, and does not get better by another list', async () => {
    const pinned = new Pinned();
    await pinned.lock(HARMLESS);
    await pinned.list(HARMLESS);
    expect(await pinned.call()).toBe('RAN');
    await pinned.list(HARMFUL);
    expect(await pinned.call()).toContain('Policy violation');
    await pinned.list(HARMLESS);
    expect(await pinned.call()).toContain('Policy violation');
  });

  it('counts as the policy says again when a person has taken the definition, in the same session', async () => {
    const pinned = new Pinned();
    await pinned.lock(HARMLESS);
    await pinned.list(HARMFUL);
    expect(await pinned.call()).toContain('Policy violation');
    await pinned.lock(HARMFUL);
    expect(await pinned.call()).toBe('RAN');
  });

  it.each([
    ['another case', 'Sync_notes'],
    ['full width', 'ｓync_notes'],
  ])('counts so under a name that a glob means too (%s)', async (_, name) => {
    const pinned = new Pinned(POLICY.replace('sync_notes', '"*ync_notes"'));
    await pinned.lock(HARMLESS);
    await pinned.list(HARMFUL);
    expect(await pinned.call(name)).toContain('Policy violation');
  });

  it('is hidden where its class is', async () => {
    const pinned = new Pinned(POLICY.replace('read: allow', 'read: allow, destructive: hide'));
    await pinned.lock(HARMLESS);
    expect(await pinned.list(HARMLESS)).toEqual(['sync_notes']);
    expect(await pinned.list(HARMFUL)).toEqual([]);
  });

  it('gains nothing where the worse class is let through', async () => {
    const pinned = new Pinned(
      'version: 1\ndefault: deny\ntools: { sync_notes: { category: read } }\ncategories: { read: deny, destructive: allow }\n',
    );
    await pinned.lock(HARMLESS);
    await pinned.list(HARMFUL);
    expect(await pinned.call()).toContain('Policy violation');
  });

  it('counts so where its list has no end that can be found', async () => {
    const pinned = new Pinned();
    await pinned.lock(HARMLESS);
    await pinned.list({ ...HARMLESS, icons: JSON.parse('['.repeat(300) + ']'.repeat(300)) });
    expect(await pinned.call()).toContain('Policy violation');
  });
});

describe('a category that is written', () => {
  it('is for a definition that only has other words, too', async () => {
    const pinned = new Pinned();
    await pinned.lock(HARMLESS);
    await pinned.list(OTHER_WORDS);
    expect(await pinned.call()).toBe('RAN');
    expect(pinned.wrapped.stderr).not.toContain('policy-wrap.lock');
  });

  it('makes milder what looked as bad when it was locked', async () => {
    const pinned = new Pinned();
    await pinned.lock(HARMFUL);
    await pinned.list(HARMFUL);
    expect(await pinned.call()).toBe('RAN');
    await pinned.list(WORSE_WORDS);
    expect(await pinned.call()).toBe('RAN');
    await setTimeout(300);
    expect(pinned.wrapped.stderr).not.toContain('policy-wrap.lock');
  });

  it('holds without a lock, and a person is told once', async () => {
    const pinned = new Pinned();
    await pinned.list(HARMFUL);
    expect(await pinned.call()).toBe('RAN');
    await pinned.wrapped.told("no policy-wrap.lock has the definition of the tool 'sync_notes'");
    await pinned.list(HARMFUL);
    await setTimeout(300);
    expect(pinned.wrapped.stderr.split('no policy-wrap.lock')).toHaveLength(2);
  });

  it.each([
    ['another server', '{"version": 1, "servers": {"other": {}}}'],
    ['other tools', '{"version": 1, "servers": {"server": {}}}'],
  ])('holds where the lock is about %s', async (_, lock) => {
    const pinned = new Pinned();
    pinned.place.write('policy-wrap.lock', lock);
    await pinned.list(HARMFUL);
    expect(await pinned.call()).toBe('RAN');
    await pinned.wrapped.told("no policy-wrap.lock has the definition of the tool 'sync_notes'");
  });

  it.each([
    ['is not JSON', '<<<<<<< mine'],
    ['is of a later version', '{"version": 2, "servers": {}}'],
  ])('makes nothing milder beside a lock that %s', async (_, lock) => {
    const pinned = new Pinned();
    pinned.place.write('policy-wrap.lock', lock);
    expect(await pinned.call()).toBe('RAN');
    await pinned.list(HARMFUL);
    expect(await pinned.call()).toContain('Policy violation');
    await pinned.wrapped.told('policy-wrap.lock cannot be used');
  });

  it('of a user who keeps no lock is not undone by that of a project, nor kept by it', async () => {
    const pinned = new Pinned();
    pinned.place.userPolicy(POLICY);
    await pinned.list(HARMFUL);
    expect(await pinned.call()).toBe('RAN');
    pinned.place.policy('version: 1\ndefault: allow\n');
    await pinned.lock(HARMLESS);
    expect(await pinned.call()).toBe('RAN');
  });

  it('of a project counts by the lock of the project, beside the one of the user', async () => {
    const pinned = new Pinned();
    pinned.place.userPolicy('version: 1\ndefault: allow\ntools: { sync_notes: { category: read } }\n');
    await pinned.lock(HARMLESS);
    await pinned.list(HARMFUL);
    expect(await pinned.call()).toContain('Policy violation');
  });
});
