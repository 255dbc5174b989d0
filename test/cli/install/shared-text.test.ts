import { expect, it } from 'vitest';
import { sharedText } from '../../../src/cli/install/status-text.js';

it.each([
  [['a', 'b'], 'a (X) and b (X) are both '],
  [['a', 'a'], '2 servers called a (X) are both '],
  [['a', 'b', 'a'], '2 servers called a (X) and b (X) are all '],
])('servers that share an id are named once: %j', (names, words) => {
  const servers = names.map((name) => ({ name, client: 'x', title: 'X' }));
  const text = sharedText([{ id: 'i', servers }]).join('');
  expect(text.replace(/\s+/g, ' ')).toContain(`${words}'i' to policies`);
});
