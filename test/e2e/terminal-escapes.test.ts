import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { fixture, Place, PROGRAM } from './place.js';
import { Wrapped } from './program.js';

/** What terminals obey, or nobody sees: ESC with a colour and a title, the same with C1, bidi, a byte that goes back. */
const EVIL = '\u001b[31m\u001b]0;x\u0007\u009b31m\u202e\u2066\r\b\u200b';
const OBEYED = /(?!\n)[\p{Cc}\p{Cf}]/u;
/** As JSON, with which each of these can be written in YAML. */
const q = (text: string) => JSON.stringify(text);

const POLICY = `version: 1
default: allow
tools:
  ${q(`t${EVIL}`)}: { action: deny, reason: ${q(`r${EVIL}`)} }
  ${q(`c${EVIL}`)}: [{ when: ${q(`args.x == "${'\u202e'}"`)}, action: deny, reason: ${q(EVIL)} }, allow]
  ${q(`c${EVIL}*`)}: allow
servers: { ${q(`s${EVIL}`)}: { default: deny, tools: { ${q(`t${EVIL}`)}: allow } } }
tests:
  - { name: ${q(`n${EVIL}`)}, call: ${q(`t${EVIL}`)}, expect: deny }
  - { name: ${q(`m${EVIL}`)}, call: ${q(`t${EVIL}`)}, expect: allow, reason: ${q(EVIL)} }
  - { call: ${q(`t${EVIL}`)}, server: ${q(`s${EVIL}`)}, args: { a: ${q(EVIL)} }, expect: deny }
`;
const INVALID = `version: 1\ndefault: ${q(`a${EVIL}`)}\n${q(`k${EVIL}`)}: 1\ntools: { ${q(`t${EVIL}`)}: { acton: 1 } }\n`;
const FOREIGN = JSON.stringify({
  version: '1',
  tools: { [`t${EVIL}`]: { rules: [{ name: EVIL, action: 'deny', on_deny: EVIL }] } },
});
const CONFIG = JSON.stringify({
  mcpServers: { [`s${EVIL}`]: { command: 'node', args: [EVIL], env: { A: EVIL } } },
});

/** File names cannot hold these on Windows. */
const FOLDER = process.platform === 'win32' ? 'f\u202e' : `f${EVIL}\n`;

/** A server whose names and texts are as bad as they can be. */
const SERVER = `import { createInterface } from 'node:readline';
const evil = ${q(EVIL)};
const tools = [{ name: 'read_' + evil, description: 'Reads ' + evil, inputSchema: { type: 'object', properties: { ['p' + evil]: { type: 'string', enum: [evil], description: evil } } } }];
for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  const result = method === 'initialize'
    ? { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'n' + evil, version: evil } }
    : method === 'tools/list' ? { tools } : {};
  if (id !== undefined) process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n');
}
`;

class EvilPlace {
  readonly place = new Place();
  readonly folder = path.join(this.place.work, FOLDER);
  readonly server = this.write('server.mjs', SERVER);

  constructor(policy = POLICY) {
    this.write('policy-wrap.yaml', policy);
    this.write('foreign.json', FOREIGN);
    this.write('.mcp.json', CONFIG);
    mkdirSync(path.join(this.folder, '.git'), { recursive: true });
  }

  write(name: string, text: string): string {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Also from the folder above, so that the folder is a part of what files are called. */
  async run(args: readonly string[], from: 'inside' | 'above' = 'inside') {
    const { stdout, stderr } = await execa(process.execPath, [PROGRAM, ...args], {
      cwd: from === 'inside' ? this.folder : this.place.work,
      env: this.place.env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      stripFinalNewline: false,
    });
    return { stdout, stderr };
  }
}

const FILE = path.join(FOLDER, 'policy-wrap.yaml');
const IN_FORCE: readonly (readonly string[])[] = [
  ['explain', `t${EVIL}`],
  ['explain', `c${EVIL}`, '{"x":1}'],
  ['explain', `t${EVIL}`, '--server', `s${EVIL}`],
  ['explain', `t${EVIL}`, '--json'],
  ['check'],
  ['check', '--print'],
  ['check', '--json'],
  ['check', '--reporter', 'github'],
  ['check', '--reporter', 'sarif'],
  ['test'],
  ['test', '--json'],
  ['test', '--reporter', 'junit'],
  ['test', '--reporter', 'github'],
  ['import', 'foreign.json'],
  ['install', '--dry-run', '--client', 'claude-code'],
  ['install', '--dry-run', '--client', 'claude-code', '--json'],
  ['install', EVIL, '--dry-run'],
  ['status'],
  ['status', '--json'],
  ['approvals'],
  ['approve', EVIL],
  ['schema', EVIL],
  [EVIL],
  [`--${EVIL}`],
  ['--config', EVIL, '--', 'node'],
  ['--', EVIL],
];

describe('what others have written, in what a terminal shows', () => {
  it.each(IN_FORCE)('is not obeyed: %j %j %j %j', async (...args) => {
    const { stdout, stderr } = await new EvilPlace().run(args);
    expect(stdout + stderr).not.toBe('');
    expect({ stdout, stderr }).toEqual({
      stdout: expect.not.stringMatching(OBEYED) as string,
      stderr: expect.not.stringMatching(OBEYED) as string,
    });
  });

  it.each([
    ['check', FILE],
    ['check', FILE, '--print'],
    ['check', '.'],
    ['test', FILE],
    ['test', FILE, '--reporter', 'junit'],
    ['explain', 'x', '--config', FILE],
    ['explain', 'x', '--config', FILE, '--json'],
    ['import', path.join(FOLDER, 'foreign.json'), '--output', path.join(FOLDER, 'new.yaml')],
    ['init', '--output', path.join(FOLDER, 'new.yaml'), '--', 'node', path.join(FOLDER, 'server.mjs')],
    ['--config', FILE, '--', 'node', '-e', ''],
    ['--config', FILE, '--server', `s${EVIL}`, '--', 'node', '-e', ''],
  ])('is not obeyed where it is the name of a folder: %j', async (...args) => {
    const { stdout, stderr } = await new EvilPlace().run(args, 'above');
    expect(stdout + stderr).not.toBe('');
    expect(stdout + stderr).not.toMatch(OBEYED);
    // A line end in a name would make a line of its own.
    if (process.platform !== 'win32') expect(stdout + stderr).not.toMatch(/^[/\\]policy-wrap\.yaml/m);
  });

  it.each([
    ['inspect'],
    ['inspect', '--json'],
    ['inspect', '--markdown'],
    ['doctor'],
    ['doctor', '--json'],
    ['check', '--against'],
    ['check', '--against', '--json'],
    ['init', '--output', 'made.yaml'],
  ])('is not obeyed where a server says it: %j', async (...args) => {
    const evil = new EvilPlace();
    const { stdout, stderr } = await evil.run([...args, '--', process.execPath, evil.server]);
    expect(stdout + stderr).not.toBe('');
    expect(stdout + stderr).not.toMatch(OBEYED);
  });

  it.each([
    ['explain', 'x'],
    ['check'],
    ['check', '--json'],
    ['check', '--reporter', 'github'],
    ['test', 'policy-wrap.yaml'],
    ['test', 'policy-wrap.yaml', '--reporter', 'junit'],
    ['doctor', '--', 'node'],
    ['status'],
    ['--', 'node'],
  ])('is not obeyed where it is wrong: %j', async (...args) => {
    const { stdout, stderr } = await new EvilPlace(INVALID).run(args);
    expect(stdout + stderr).not.toBe('');
    expect(stdout + stderr).not.toMatch(OBEYED);
  });

  it('means the same in the policy that `check --print` writes', async () => {
    const evil = new EvilPlace();
    const first = (await evil.run(['check', '--print'])).stdout;
    evil.write('policy-wrap.yaml', first);
    expect((await evil.run(['check', '--print'])).stdout).toBe(first);
    expect((await evil.run(['explain', `t${EVIL}`, '--server', 'another'])).stdout).toContain(': deny');
  });

  it('is not obeyed in the notes of a run', async () => {
    const { place } = new EvilPlace();
    place.policy(`version: 1\ndefault: allow\nextends: ${q(`./${FILE}`)}\n`);
    const wrapped = new Wrapped(place, [
      '--server',
      `s${EVIL}`,
      '--',
      process.execPath,
      fixture('recorder.mjs'),
      place.record,
    ]);
    await wrapped.told('policy for ');
    place.policy(INVALID);
    await wrapped.call(1, 'x');
    const { stderr } = await wrapped.end();
    expect(stderr).not.toMatch(OBEYED);
  });
});
