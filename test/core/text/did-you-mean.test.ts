import { expect, it } from 'vitest';
import { suggest } from '../../../src/core/text/did-you-mean.js';

const ACTIONS = ['allow', 'require_approval', 'deny', 'hide'];
const KEYS = ['rate_limit', 'budget', 'concurrency', 'repeat', 'timeout', 'max', 'window'];

it.each<[string, string[], string | undefined]>([
  ['alow', ACTIONS, 'allow'],
  ['Allow', ACTIONS, 'allow'],
  ['dney', ACTIONS, 'deny'],
  ['require-approval', ACTIONS, 'require_approval'],
  ['required_aproval', ACTIONS, 'require_approval'],
  ['hidden', ACTIONS, 'hide'],
  ['block', ACTIONS, undefined],
  ['', ACTIONS, undefined],
  ['ratelimit', KEYS, 'rate_limit'],
  ['rate_limits', KEYS, 'rate_limit'],
  ['mx', KEYS, 'max'],
  ['xy', KEYS, undefined],
  ['id', ['if'], undefined],
  ['ab', ['ac', 'ba'], undefined],
  ['abce', ['abcd', 'abcf'], 'abcd'],
  ['a'.repeat(65), ['a'.repeat(64)], undefined],
  ['x', [], undefined],
])('%s of %j is %s', (word, known, expected) => {
  expect(suggest(word, known)).toBe(expected);
});
