import { describe, expect, it } from 'vitest';
import { hostMessageOf } from '../../../../src/approvals/page/host-message.js';
import { PageTokens } from '../../../../src/approvals/page/server/page-tokens.js';

const keys = new PageTokens();
const token = keys.newToken();
const state = { port: 4_321, keys: keys.kept(), tabs: 1 };
const link = `http://127.0.0.1:4321/#${token}`;

describe('a line of the control socket', () => {
  it.each([
    { state },
    { ask: 'link', number: 1 },
    { ask: 'link to open', number: 2 },
    { number: 1, link },
    { number: 2 },
    {},
  ])('may be %j', (line) => {
    expect(hostMessageOf(JSON.stringify(line))).toEqual(line);
  });

  it('may say more than is known here, which is left out', () => {
    expect(hostMessageOf(JSON.stringify({ number: 1, later: [], state: { ...state, later: 1 } }))).toEqual({
      number: 1,
      state,
    });
  });

  it.each<[string, unknown]>([
    ['no object', 'link'],
    ['nothing', null],
    ['another question', { ask: 'keys', number: 1 }],
    ['a number that is none', { ask: 'link', number: '1' }],
    ['a link to elsewhere', { number: 1, link: 'https://127.0.0.1.example.com/#x' }],
    ['a link that is a command', { number: 1, link: 'calc.exe' }],
    ['a link with another line', { number: 1, link: `${link}\nmore` }],
    ['a port that is none', { state: { ...state, port: 65_536 } }],
    ['no keys', { state: { ...state, keys: undefined } }],
    ['keys that are no list', { state: { ...state, keys: { links: {}, sessions: [] } } }],
    [
      'a digest of another length',
      { state: { ...state, keys: { links: [{ digest: 'ab', until: 1 }], sessions: [] } } },
    ],
    ['tabs that cannot be counted', { state: { ...state, tabs: -1 } }],
  ])('is not %s', (_, line) => {
    expect(() => hostMessageOf(JSON.stringify(line))).toThrow();
  });
});
