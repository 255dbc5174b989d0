import { describe, expect, it } from 'vitest';
import { loadFile } from '../../src/config/load.js';
import { PolicyError } from '../../src/config/policy-error.js';
import { folderWith } from './folder.js';

/** `policy-wrap.yaml:3:12 /tools/x`, for all that is wrong. */
async function wrong(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = folderWith(files);
  try {
    const { policyFor } = await loadFile('policy-wrap.yaml', folder);
    await policyFor('');
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.diagnostics.map(({ place }) => `${place?.source}:${place?.line} ${place?.pointer}`);
  }
  return [];
}

const ofOne = (text: string) => wrong({ 'policy-wrap.yaml': text });

describe('everything that is wrong is said in one round', () => {
  it('flaws of the schema, of expressions, of methods and of tests', async () => {
    const text = [
      'version: 1',
      'default: deny',
      'tools:',
      '  x: { action: alow, when: args.a = 1 }',
      '  y: { action: deny, when: foo == 1 }',
      '  z: { action: hide, when: args.a == 1 }',
      'methods: { tools/call: deny, notifications/x: deny }',
      'foo: 1',
      'servers: { s: { tools: { a: { when: bar } } } }',
      'tests: [{ tool: x, expect: deny }]',
    ].join('\n');
    expect(await ofOne(text)).toEqual([
      'policy-wrap.yaml:4 /tools/x/action',
      'policy-wrap.yaml:4 /tools/x/when',
      'policy-wrap.yaml:5 /tools/y/when',
      'policy-wrap.yaml:6 /tools/z/when',
      'policy-wrap.yaml:7 /methods/tools/call',
      'policy-wrap.yaml:7 /methods/notifications/x',
      'policy-wrap.yaml:8 /foo',
      'policy-wrap.yaml:9 /servers/s/tools/a/when',
      'policy-wrap.yaml:10 /tests/0/tool',
    ]);
  });

  it('a base that is not there, and what is wrong beside it', async () => {
    const text = 'version: 1\nextends: standrad\ntools: { x: { action: deny, when: foo }, y: alow }\n';
    expect(await ofOne(text)).toEqual([
      'policy-wrap.yaml:2 /extends',
      'policy-wrap.yaml:3 /tools/x/when',
      'policy-wrap.yaml:3 /tools/y',
    ]);
  });

  it('in a file and in what it extends', async () => {
    const found = await wrong({
      'policy-wrap.yaml':
        'version: 1\nextends: ./base.yaml\ntools: { x: { action: deny, when: foo }, y: alow }\n',
      'base.yaml': 'version: 1\ndefault: dny\ntools: { z: { when: bar, action: deny } }\n',
    });
    expect([...found].sort()).toEqual([
      'base.yaml:2 /default',
      'base.yaml:3 /tools/z/when',
      'policy-wrap.yaml:3 /tools/x/when',
      'policy-wrap.yaml:3 /tools/y',
    ]);
  });

  it('a key that is written twice', async () => {
    expect(
      await ofOne('version: 1\ndefault: deny\ntools: { x: deny, x: allow, y: { when: foo } }\n'),
    ).toEqual(['policy-wrap.yaml:3 /tools/x', 'policy-wrap.yaml:3 /tools/y/when']);
  });

  it.each<[string, string, string[]]>([
    ['the decision that is misspelt', 'default: alow\n', ['/default']],
    [
      'the program that is misspelt',
      'default: deny\napprovals: { via: [command], comand: x }\n',
      ['/approvals/comand'],
    ],
    [
      'a file of the log that is none',
      'default: deny\naudit: { required: true, file: 5 }\n',
      ['/audit/file'],
    ],
    [
      'a window that is missing',
      'default: deny\ntools: { x: { rate_limit: { max: 1, key: args.x } } }\n',
      ['/tools/x/rate_limit/window'],
    ],
    [
      'a part of a condition',
      'default: deny\ntools: { x: { action: deny, when: args.l.exists(v, v > 3) } }\n',
      ['/tools/x/when'],
    ],
    [
      'a policy that is none of its parts',
      'default: 1\ntools: 2\nservers: 3\n',
      ['/default', '/tools', '/servers'],
    ],
  ])('but nothing that only follows from another: %s', async (_, text, pointers) => {
    expect((await ofOne(`version: 1\n${text}`)).map((each) => each.split(' ')[1])).toEqual(pointers);
  });
});
