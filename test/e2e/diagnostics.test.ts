import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { Place, PROGRAM } from './place.js';
import { NO_TERMINAL, screenOf } from './terminal.js';

const HEAD = 'version: 1\ndefault: deny\n';
const INVALID = 'policy-wrap: the policy has a problem, so it is not used';

/** A mistake that people make: the file, and what `policy-wrap check` shows. */
const MISTAKES: readonly [string, string, string, string][] = [
  [
    'an action that is misspelt',
    'policy-wrap.yaml',
    `${HEAD}tools:\n  "delete_*":\n    action: alow\n`,
    `error: unknown action 'alow'
  --> policy-wrap.yaml:5:13  /tools/delete_*/action
   |
 5 |     action: alow
   |             ^^^^
help: did you mean 'allow'?`,
  ],
  [
    'a key that is misspelt',
    'policy-wrap.yaml',
    `${HEAD}tools:\n  create_key: { rate_limt: { max: 1, window: 60 } }\n`,
    `error: unknown key 'rate_limt'
  --> policy-wrap.yaml:4:17  /tools/create_key/rate_limt
   |
 4 |   create_key: { rate_limt: { max: 1, window: 60 } }
   |                 ^^^^^^^^^
help: did you mean 'rate_limit'?`,
  ],
  [
    'a glob without quotes',
    'policy-wrap.yml',
    `${HEAD}tools:\n  *_key: deny\n`,
    `error: a name that begins with * must be in quotes, or YAML reads it as an alias
  --> policy-wrap.yml:4:3
   |
 4 |   *_key: deny
   |   ^^^^^
help: write it as "*_key": deny`,
  ],
  [
    'a tab',
    '.policy-wraprc',
    `${HEAD}tools:\n\tcreate_key: deny\n`,
    `error: tabs are not allowed as indentation
  --> .policy-wraprc:4:1
   |
 4 |     create_key: deny
   | ^^^^
help: indent with spaces`,
  ],
  [
    'a tool twice',
    'policy-wrap.yaml',
    `${HEAD}tools:\n  create_key: deny\n  create_key: allow\n`,
    `error: the key 'create_key' is written twice
  --> policy-wrap.yaml:5:3  /tools/create_key
   |
 5 |   create_key: allow
   |   ^^^^^^^^^^
help: keep the stricter of the two, or put what both hold below the first one`,
  ],
  [
    'a duration that is none, in package.json',
    'package.json',
    '{\n\t"name": "x",\n\t"policy-wrap": {\n\t\t"version": 1,\n\t\t"default": { "rate_limit": { "max": 5, "window": "1w" } }\n\t}\n}\n',
    `error: '1w' is not a duration
  --> package.json:5:52  /default/rate_limit/window
   |
 5 |         "default": { "rate_limit": { "max": 5, "window": "1w" } }
   |                                                          ^^^^
help: write \`window: 7d\``,
  ],
  [
    'a variable that does not exist, in a block of lines',
    'policy-wrap.yaml',
    `${HEAD}tools:\n  pay:\n    when: >\n      args.amount > 5 &&\n      arg.currency == "EUR"\n`,
    `error: unknown variable 'arg' in \`args.amount > 5 && arg.currency == "EUR"\\n\`
  --> policy-wrap.yaml:7:7  /tools/pay/when
   |
 7 |       arg.currency == "EUR"
   |       ^^^
help: did you mean 'args'?`,
  ],
  [
    'a condition that is not CEL, in JSON',
    'policy-wrap.json',
    '{"version":1,"default":"deny","tools":{"pay":{"when":"args.to == \\"me\\" and true"}}}',
    `error: cannot read the expression \`args.to == "me" and true\`: at character 17,
       unexpected 'and'
  --> policy-wrap.json:1:73  /tools/pay/when
   |
 1 | …:1,"default":"deny","tools":{"pay":{"when":"args.to == \\"me\\" and true"}}}
   |                                                                ^^^
help: write && in place of and`,
  ],
  [
    'a base that does not exist',
    'policy-wrap.yaml',
    'version: 1\nextends: standrd # the preset\n',
    `error: unknown preset 'standrd'
  --> policy-wrap.yaml:2:10  /extends
   |
 2 | extends: standrd # the preset
   |          ^^^^^^^
help: did you mean 'standard'?`,
  ],
  [
    'nothing for the other tools',
    'policy-wrap.yaml',
    'version: 1\ntools: { x: deny }\n',
    `error: nothing says what happens to a tool that no entry names
  --> policy-wrap.yaml:1:1
help: add \`default: require_approval\`, or start from a preset with \`extends:
      standard\``,
  ],
];

describe.skipIf(NO_TERMINAL)('at a terminal', () => {
  it.each(MISTAKES)('%s', async (_, file, text, expected) => {
    const place = new Place();
    place.write(file, text);
    expect(await screenOf(place, ['check'])).toBe(`${expected}\n\n${INVALID}`);
  });

  it('all are shown, the count last, within 60 columns', async () => {
    const place = new Place();
    place.write(
      'policy-wrap.yaml',
      `version: 1\ndefault: dney\ntools:\n  pay:\n    reason: ${'a '.repeat(30)}\n    when: args.amount > 50000 && args.currency == "EUR" && args.recipient.account.strtsWith(1) && server == "x"\n`,
    );
    expect(await screenOf(place, ['check'], { columns: 60 })).toBe(`error: unknown action 'dney'
  --> policy-wrap.yaml:2:10  /default
   |
 2 | default: dney
   |          ^^^^
help: did you mean 'deny'?

error: unknown function 'strtsWith' in \`args.amount > 50000
       && args.currency == "EUR" &&
       args.recipient.account.strtsWith(1) && server == "x"\`
  --> policy-wrap.yaml:6:83  /tools/pay/when
   |
 6 | …& args.recipient.account.strtsWith(1) && server == "x"
   |                           ^^^^^^^^^
help: did you mean 'startsWith'?

policy-wrap: the policy has 2 problems, so it is not used`);
  });

  it('what starts no server shows the same', async () => {
    const place = new Place();
    place.write('policy-wrap.yaml', 'version: 1\ndefault: alow\n');
    const screen = await screenOf(place, ['--', process.execPath, '-e', '0']);
    expect(screen).toContain(' 2 | default: alow\n   |          ^^^^\n');
  });

  it('warnings and findings have their lines', async () => {
    const place = new Place();
    place.write(
      'policy-wrap.yaml',
      `${HEAD}tools:\n  delte_key: deny\n  make_key: [deny, { action: allow }]\n  pay: { when: args.to == "me" || args.form == "me", action: deny }\n`,
    );
    const pay = {
      name: 'pay',
      inputSchema: { properties: { to: { type: 'string' } }, additionalProperties: false },
    };
    place.write('list.json', JSON.stringify({ tools: [{ name: 'delete_key' }, { name: 'make_key' }, pay] }));
    const screen = await screenOf(place, ['check', '--tools', 'list.json']);
    expect(screen).toContain(`error: the server has no tool 'delte_key'
  --> policy-wrap.yaml:4:3  /tools/delte_key
   |
 4 |   delte_key: deny
   |   ^^^^^^^^^
help: did you mean 'delete_key'?

error: 'pay' has no argument 'form', and a condition that fails is taken as true
  --> policy-wrap.yaml:6:40  /tools/pay/when
   |
 6 |   pay: { when: args.to == "me" || args.form == "me", action: deny }
   |                                        ^^^^
help: there is to

warning: this rule never decides, because /tools/make_key/0 always applies and
         is stricter (deny)
  --> policy-wrap.yaml:5:20  /tools/make_key/1
   |
 5 |   make_key: [deny, { action: allow }]
   |                    ^^^^^^^^^^^^^^^^^
help: leave this one out, or write when the stricter one is to apply`);
  });

  it('there are colours, but not with NO_COLOR or on a terminal that has none', async () => {
    const place = new Place();
    place.write('policy-wrap.yaml', 'version: 1\ndefault: alow\n');
    const coloured = await screenOf(place, ['check'], { env: { NO_COLOR: '' } });
    expect(coloured).toContain('\u001b[31m^^^^\u001b[39m');
    expect(await screenOf(place, ['check'], { env: { NO_COLOR: '1' } })).not.toContain('\u001b');
    expect(await screenOf(place, ['check'], { env: { NO_COLOR: '', TERM: 'dumb' } })).not.toContain('\u001b');
  });

  it('what a file says does not reach the terminal as it is', async () => {
    const place = new Place();
    place.write('policy-wrap.yaml', `${HEAD}tools: { "a\u202eb": alow } # \u009b2J \u200b\n`);
    const screen = await screenOf(place, ['check']);
    expect(screen).toContain(' 3 | tools: { "a\\u{202e}b": alow } # \\u{9b}2J \\u{200b}\n');
    for (const odd of ['\u202e', '\u009b', '\u200b']) expect(screen).not.toContain(odd);
  });
});

describe.skipIf(NO_TERMINAL)('a policy that was discovered', () => {
  const SECRETS = 'version: 1\ndefault: deny\npassword: hunter2\n';

  it.each<[string, (place: Place) => void]>([
    ['a link leads to', (place) => symlinkSync('.env', path.join(place.work, 'policy-wrap.yaml'))],
    [
      'a link of a folder leads to',
      (place) => {
        place.write('in/policy-wrap.yaml', SECRETS);
        symlinkSync('in', path.join(place.work, '.config'));
      },
    ],
    ['it extends', (place) => place.write('policy-wrap.yaml', 'version: 1\nextends: ./.env\n')],
  ])('does not show a file that %s', async (_, arrange) => {
    const place = new Place();
    place.write('.git/HEAD', '');
    place.write('.env', SECRETS);
    arrange(place);
    const screen = await screenOf(place, ['check']);
    expect(screen).toContain("error: unknown key 'password'");
    expect(screen).not.toContain('hunter2');
  });

  it('is not read where a link leads out of the repository', async () => {
    const place = new Place();
    place.write('.git/HEAD', '');
    place.write('../secrets', 'version: 1\ndefault: hunter2\ntopsecret: 1\n');
    symlinkSync('../secrets', path.join(place.work, 'policy-wrap.yaml'));
    const screen = await screenOf(place, ['check']);
    expect(screen).toContain('policy-wrap.yaml is a link that leads out of the repository');
    expect(screen).not.toMatch(/hunter2|topsecret/);
  });

  it('and is named now shows them', async () => {
    const place = new Place();
    place.write('.env', SECRETS);
    place.write('policy-wrap.yaml', 'version: 1\nextends: ./.env\n');
    expect(await screenOf(place, ['check', 'policy-wrap.yaml'])).toContain(
      ' 3 | password: hunter2\n   | ^^^^^^^^\n',
    );
  });
});

describe('without a terminal', () => {
  it('each has one line, and one for its help', async () => {
    const place = new Place();
    place.write('policy-wrap.yaml', `${HEAD}tools:\n  pay: { when: arg.x > 1, action: alow }\n`);
    const { stderr, exitCode } = await execa(process.execPath, [PROGRAM, 'check'], {
      cwd: place.work,
      env: place.env,
      extendEnv: false,
      reject: false,
    });
    expect(exitCode).toBe(3);
    expect(stderr).toBe(`policy-wrap.yaml:4:16: unknown variable 'arg' in \`arg.x > 1\` (/tools/pay/when)
  help: did you mean 'args'?
policy-wrap.yaml:4:35: unknown action 'alow' (/tools/pay/action)
  help: did you mean 'allow'?
policy-wrap: the policy has 2 problems, so it is not used`);
  });

  it('programs read the same', async () => {
    const place = new Place();
    place.write('policy-wrap.yaml', `${HEAD}tools:\n  pay: { action: alow }\n`);
    const { stdout } = await execa(process.execPath, [PROGRAM, 'check', '--json'], {
      cwd: place.work,
      env: place.env,
      extendEnv: false,
      reject: false,
    });
    expect(JSON.parse(stdout)).toEqual({
      valid: false,
      problems: [
        {
          severity: 'error',
          file: 'policy-wrap.yaml',
          line: 4,
          column: 18,
          pointer: '/tools/pay/action',
          message: "unknown action 'alow'",
          help: "did you mean 'allow'?",
        },
      ],
      warnings: [],
    });
  });
});
