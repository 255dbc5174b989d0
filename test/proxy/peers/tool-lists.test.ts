import { expect, it } from 'vitest';
import { ToolLists } from '../../../src/proxy/peers/tool-lists.js';

it('a tool that is listed more often than a function takes arguments has a digest', () => {
  const lists = new ToolLists('server', () => {});
  const elements = Array<string>(200_000).fill('{"name":"a","name":"b"}');
  lists.add(Buffer.from(`{"result":{"tools":[${elements.join(',')}]}}`));
  expect(lists.definitionOf('a')).toMatch(/^[\w-]{43}$/);
});

it('a list that is too long to keep may have any tool, also one that was listed before', () => {
  const lists = new ToolLists('server', () => {});
  lists.add(Buffer.from('{"result":{"tools":[{"name":"get_a"}]}}'));
  expect(lists.definitionOf('get_a')).toBeDefined();
  expect(lists.classify('get_b', false).category).toBe('read');
  lists.add(
    Buffer.from(`{"result":{"tools":[{"name":"get_a","description":"${'x'.repeat(17 * 1024 * 1024)}"}]}}`),
  );
  expect(lists.latest()).toMatchObject({ complete: false, flaw: 'it has more than 16 MB' });
  expect(lists.definitionOf('get_a')).toBeUndefined();
  expect(lists.classify('get_b', false)).not.toMatchObject({ category: 'read' });
});
