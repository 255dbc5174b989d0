import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const ALLOW = 'version: 1\ndefault: allow\n';

/** `passed`, or the action that refused the call. */
async function outcome(wrapped: Wrapped, tool: string, id: string | number = tool): Promise<string> {
  const reply = await wrapped.call<{
    error?: object;
    result?: { isError?: boolean; _meta?: Record<string, { action: string }> };
  }>(id, tool);
  if (reply.error) return 'error';
  return reply.result?.isError ? (reply.result._meta?.['policy-wrap/decision']?.action ?? '') : 'passed';
}

async function outcomes(wrapped: Wrapped, tools: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const tool of tools) found[tool] = await outcome(wrapped, tool);
  return found;
}

describe('without a policy file', () => {
  it('the preset standard applies, and stderr says so in one line', async () => {
    const wrapped = Wrapped.recorder(new Place(), ['--via', 'elicitation']);
    expect(await outcomes(wrapped, ['read_note', 'write_note', 'delete_note', 'run_job'])).toEqual({
      read_note: 'passed',
      write_note: 'passed',
      delete_note: 'require_approval',
      run_job: 'require_approval',
    });
    expect((await wrapped.end()).stderr).toBe(
      'policy-wrap: policy for recorder: built-in preset standard (no policy file was found)\n',
    );
  });

  it.each([
    ['read-only', { read_note: 'passed', write_note: 'deny', delete_note: 'deny' }],
    ['strict', { read_note: 'passed', write_note: 'require_approval', charge_card: 'deny' }],
    ['observe', { read_note: 'passed', delete_note: 'passed', run_job: 'passed' }],
  ])('--preset %s applies, whatever file the project has', async (preset, expected) => {
    const place = new Place();
    place.policy('version: 1\ndefault: hide\n');
    const wrapped = Wrapped.recorder(place, ['--preset', preset, '--via', 'elicitation']);
    expect(await outcomes(wrapped, Object.keys(expected))).toEqual(expected);
  });

  it('--quiet says nothing', async () => {
    const wrapped = Wrapped.recorder(new Place(), ['-q']);
    await wrapped.request(1, 'ping');
    expect(await wrapped.end()).toEqual({ exitCode: 0, stderr: '' });
  });
});

describe('observe', () => {
  const policy = `mode: observe\n${ALLOW}tools: { delete_note: deny, secret_tool: hide, run_job: require_approval, read_note: { action: allow, rate_limit: { max: 1, window: 60 } } }\n`;

  it.each([
    ['in the file', policy, []],
    ['on the command line', policy.replace('observe', 'enforce'), ['--mode', 'observe']],
  ])('%s lets everything pass, and the log says what would have been', async (_case, text, options) => {
    const place = new Place();
    place.policy(text);
    const wrapped = Wrapped.recorder(place, options);
    expect(await outcomes(wrapped, ['delete_note', 'secret_tool', 'run_job', 'read_note'])).toEqual({
      delete_note: 'passed',
      secret_tool: 'passed',
      run_job: 'passed',
      read_note: 'passed',
    });
    expect(await outcome(wrapped, 'read_note', 'again')).toBe('passed');
    expect(JSON.stringify(await wrapped.request('list', 'tools/list'))).toContain('secret_tool');
    await wrapped.end();
    expect(place.audit().map(({ action, observed }) => ({ action, observed }))).toMatchObject([
      { action: 'allow', observed: { action: 'deny', rule: { pointer: '/tools/delete_note' } } },
      { action: 'allow', observed: { action: 'hide' } },
      { action: 'allow', observed: { action: 'require_approval' } },
      { action: 'allow', observed: undefined },
      {
        action: 'allow',
        observed: { action: 'limited', reason: 'read_note is limited to 1 call per 60 s' },
      },
    ]);
  });

  it.each([
    ['--mode', 'observe'],
    ['--preset', 'observe'],
    ['--mode=observe', '--quiet'],
  ])('%s %s leaves the own file of the user in force, and says so where it must', async (...options) => {
    const place = new Place();
    place.userPolicy(`${ALLOW}tools: { delete_note: deny }\n`);
    place.policy(`${ALLOW}tools: { read_note: deny }\n`);
    const wrapped = Wrapped.recorder(place, options);
    expect(await outcomes(wrapped, ['delete_note', 'read_note'])).toEqual({
      delete_note: 'deny',
      read_note: 'passed',
    });
    const { stderr } = await wrapped.end();
    const said = /--mode observe does not apply to .*, which is your own policy file; to observe/.test(
      stderr,
    );
    expect(said).toBe(options[0] !== '--preset');
  });

  it('--mode enforce makes an observing file enforce', async () => {
    const place = new Place();
    place.policy(policy);
    expect(await outcome(Wrapped.recorder(place, ['--mode=enforce']), 'delete_note')).toBe('deny');
  });
});

describe('the file of a rule', () => {
  it('is named so that other processes find it: to the agent and in the log', async () => {
    const place = new Place();
    place.write('.git/HEAD', '');
    place.write('below/here/x', '');
    place.policy(`${ALLOW}extends: ./base.yaml\n`);
    place.write('base.yaml', 'version: 1\ntools: { delete_note: deny }\n');
    place.userPolicy(`${ALLOW}tools: { read_note: deny }\n`);
    const wrapped = Wrapped.recorder(place, [], { cwd: path.join(place.work, 'below', 'here') });
    const [base, own] = [path.join('~', 'work', 'base.yaml'), placeOfUser(place)];
    expect(JSON.stringify(await wrapped.call(1, 'delete_note'))).toContain(
      JSON.stringify(`(${base}:2)`).slice(1, -1),
    );
    expect(JSON.stringify(await wrapped.call(2, 'read_note'))).toContain(
      JSON.stringify(`(${own}:3)`).slice(1, -1),
    );
    await wrapped.end();
    expect(place.audit().map(({ rule }) => (rule as { source: string }).source)).toEqual([base, own]);
  });
});

function placeOfUser(place: Place): string {
  return path.join(
    '~',
    path.relative(place.folder, place.userPolicy(`${ALLOW}tools: { read_note: deny }\n`)),
  );
}

describe('two files', () => {
  it.each([
    ['found', []],
    ['named', ['--config', 'policy-wrap.yaml']],
  ])(
    'of the user and of the project (%s) both judge, the stricter wins, limits of both count',
    async (_case, options) => {
      const place = new Place();
      const once = 'rate_limit: { max: 1, window: 60 }';
      place.userPolicy(`${ALLOW}tools: { delete_note: deny, update_note: { ${once} } }\n`);
      place.policy(
        `${ALLOW}tools: { delete_note: allow, write_note: deny, read_note: { action: allow, ${once} } }\n`,
      );
      const wrapped = Wrapped.recorder(place, options);
      expect(
        await outcomes(wrapped, ['delete_note', 'write_note', 'list_notes', 'update_note', 'read_note']),
      ).toEqual({
        delete_note: 'deny',
        write_note: 'deny',
        list_notes: 'passed',
        update_note: 'passed',
        read_note: 'passed',
      });
      expect(await outcome(wrapped, 'update_note', 1)).toBe('limited');
      expect(await outcome(wrapped, 'read_note', 2)).toBe('limited');
    },
  );

  it('the project’s is found upwards to the root of the repository', async () => {
    const place = new Place();
    mkdirSync(path.join(place.folder, '.git'));
    place.write('../policy-wrap.yaml', 'version: 1\ndefault: deny\n');
    expect(await outcome(Wrapped.recorder(place), 'read_note')).toBe('deny');
  });

  it('POLICY_WRAP_CONFIG names one as --config does', async () => {
    const place = new Place();
    place.policy(ALLOW);
    const named = place.write('other.json', '{"version":1,"default":"deny"}');
    const wrapped = Wrapped.recorder(place, [], { env: { POLICY_WRAP_CONFIG: named } });
    expect(await outcome(wrapped, 'read_note')).toBe('deny');
  });

  it.each([
    ['run', ['--', process.execPath, '-e', '']],
    ['explain', ['explain', 'x']],
    ['check', ['check']],
    ['doctor', ['doctor', '--', process.execPath]],
    ['init', ['init', '--', process.execPath, '-e', '']],
  ])('POLICY_WRAP_CONFIG does not name a file of whichever folder this is: %s', async (_, args) => {
    const place = new Place();
    place.policy(`${ALLOW}approvals: { via: [command], command: ./evil.sh }\n`);
    const wrapped = new Wrapped(place, args, { env: { POLICY_WRAP_CONFIG: 'policy-wrap.yaml' } });
    const { exitCode, stderr } = await wrapped.end();
    expect(exitCode).not.toBe(0);
    expect(stderr + wrapped.lines.join()).toContain(
      "POLICY_WRAP_CONFIG is 'policy-wrap.yaml', which is another file",
    );
  });
});

describe('servers sections', () => {
  const policy = `${ALLOW}servers: { recorder: { default: deny }, "rec*": { default: hide }, other: { tools: { read_note: deny } } }\n`;

  it.each([
    ['the id that the command gives', [], 'deny'],
    ['the id that is given', ['--server', 'other'], 'deny'],
    ['a glob of it', ['--server', 'record'], 'error'],
    ['no id', ['--server', 'unknown'], 'passed'],
  ])('judge by %s', async (_case, options, expected) => {
    const place = new Place();
    place.policy(policy);
    expect(await outcome(Wrapped.recorder(place, options), 'read_note')).toBe(expected);
  });
});

describe('an invalid policy', () => {
  it.each([
    ['an unknown action', ALLOW.replace('allow', 'alow'), [], "policy-wrap.yaml:2:10: unknown action 'alow'"],
    ['no YAML', 'version: [1', [], 'policy-wrap.yaml:'],
    [
      'a condition that cannot be read',
      `${ALLOW}tools: { a: { when: "args.", action: deny } }`,
      [],
      'policy-wrap.yaml:3:',
    ],
    [
      'a file that is named and missing',
      ALLOW,
      ['--config', 'missing.yaml'],
      `the policy file ${path.join('~', 'work', 'missing.yaml')} does not exist`,
    ],
  ])('with %s ends with 3, and the server is never started', async (_case, text, options, words) => {
    const place = new Place();
    place.policy(text);
    const wrapped = new Wrapped(place, [
      ...options,
      '--',
      process.execPath,
      '-e',
      'require("fs").writeFileSync("started", "")',
    ]);
    expect((await wrapped.process).exitCode).toBe(3);
    expect(wrapped.stderr).toContain(words);
    expect(wrapped.stderr).toMatch(/^policy-wrap: the policy has a problem/m);
    expect(wrapped.stderr).not.toContain('    at ');
    expect(wrapped.lines).toEqual([]);
    expect(place.has('started')).toBe(false);
  });
});
