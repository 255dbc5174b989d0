import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import { idleRules } from '../../../../src/core/policy/decide/idle-rules.js';
import { preview } from '../../../../src/core/policy/decide/preview.js';
import { combine } from '../../../../src/core/policy/decide/settle.js';
import { preset } from '../../../../src/core/policy/document/presets.js';
import { callOf, policyFrom, policyOf, sourced, type Written } from '../policies.js';

const times = (max: number) => ({ max, window: 60 });
const rate_limit = { max: 5, window: 60 };

/** How often the same call may come, by each `repeat` that counts. */
function repeats(policy: ReturnType<typeof policyFrom>, name = 'list_jobs', args: object = {}) {
  const { charges } = combine(decide(policy, callOf(name, args)));
  return charges.flatMap(({ limit }) => (limit.kind === 'repeat' ? [limit.max] : []));
}

const own = (written: Written) => policyFrom({ default: 'allow', repeat: times(20), ...written });
/** One file that extends the preset `standard`. */
const standard = (written: Written) =>
  policyOf([[sourced({ extends: 'standard', ...written }), preset('standard')]]);

describe('of several `repeat`s the closest counts', () => {
  it.each<[string, Written, number[]]>([
    ['the general one where there is no other', {}, [20]],
    ['that of an entry', { tools: { list_jobs: { repeat: times(600) } } }, [600]],
    ['that of an entry, also a tighter one', { tools: { list_jobs: { repeat: times(2) } } }, [2]],
    ['none where an entry says so', { tools: { list_jobs: { repeat: false } } }, []],
    ['none where a glob says so', { tools: { 'list_*': { repeat: false } } }, []],
    ['that of another tool does not', { tools: { list_keys: { repeat: false } } }, [20]],
    ['an entry that says nothing of it leaves it', { tools: { list_jobs: { rate_limit } } }, [20]],
    ['that of the category', { categories: { read: { repeat: times(7) } } }, [7]],
    ['that of the default', { default: { action: 'allow', repeat: times(8) } }, [8]],
    [
      'that of the entry before that of the category',
      {
        categories: { read: { action: 'allow', repeat: times(7) } },
        tools: { list_jobs: { repeat: false } },
      },
      [],
    ],
    [
      'that of the closer glob',
      { tools: { 'list_*': { repeat: times(3) }, '*': { action: 'allow', repeat: times(4) } } },
      [3],
    ],
    [
      'all of one entry',
      { tools: { list_jobs: [{ repeat: times(3) }, { when: 'true', repeat: times(4) }, { repeat: false }] } },
      [3, 4],
    ],
    [
      'that of the section of the server',
      { servers: { server: { repeat: times(9) }, other: { repeat: times(1) } } },
      [9],
    ],
    ['none where the section of the server says so', { servers: { server: { repeat: false } } }, []],
  ])('%s', (_, written, expected) => {
    expect(repeats(own(written))).toEqual(expected);
  });

  it('but one whose condition is false does not, and one whose condition fails only counts as well', () => {
    const when = (source: string, repeat: ReturnType<typeof times> | false) =>
      own({ tools: { list_jobs: { when: source, repeat } } });
    expect(repeats(when('args.n == 1', false), 'list_jobs', { n: 2 })).toEqual([20]);
    expect(repeats(when('args.n == 1', false), 'list_jobs', { n: 1 })).toEqual([]);
    expect(repeats(when('args.n == 1', false), 'list_jobs', {})).toEqual([20]);
    expect(repeats(when('args.n == 1', times(600)), 'list_jobs', {})).toEqual([600, 20]);
    expect(repeats(when('args.n == 1', times(2)), 'list_jobs', {})).toEqual([2, 20]);
  });

  it('and no other limit is lifted by it', () => {
    const policy = own({ rate_limit, concurrency: 3, tools: { list_jobs: { repeat: false } } });
    const { charges } = combine(decide(policy, callOf('list_jobs')));
    expect(charges.map(({ limit }) => limit.kind)).toEqual(['rate', 'concurrency']);
  });
});

describe('what a preset says of the same call', () => {
  it('can be lifted for one tool, for one server and for all', () => {
    expect(repeats(standard({}))).toEqual([20]);
    expect(repeats(standard({ tools: { list_jobs: { repeat: false } } }))).toEqual([]);
    expect(repeats(standard({ tools: { list_jobs: { repeat: false } } }), 'list_keys')).toEqual([20]);
    expect(repeats(standard({ servers: { server: { repeat: false } } }))).toEqual([]);
    expect(repeats(standard({ repeat: false }))).toEqual([]);
    expect(repeats(standard({ repeat: times(300) }))).toEqual([300]);
  });

  it('is lifted by no policy that judges beside it', () => {
    const project = [
      sourced({ default: 'allow', repeat: false, tools: { '*': { repeat: false } } }, 'project'),
    ] as const;
    expect(repeats(policyOf([project, [preset('standard')]]))).toEqual([20]);
    expect(repeats(policyOf([[preset('standard')], project]))).toEqual([20]);
  });

  it('leaves the decision alone', () => {
    const policy = standard({ tools: { delete_x: { repeat: false } } });
    expect(preview(policy, 'delete_x')).toMatchObject({ action: 'require_approval', limits: [] });
  });
});

it('`repeat: false` says something, and nobody is warned of it', () => {
  const policy = own({ tools: { list_jobs: { repeat: false }, 'delete_*': ['deny', { repeat: false }] } });
  expect(idleRules(policy).map(({ place }) => place?.pointer)).toEqual(['/tools/delete_*/1']);
});
