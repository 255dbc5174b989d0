import { expect, it } from 'vitest';
import { ToolLists } from '../../../src/proxy/peers/tool-lists.js';

it('a tool that is listed more often than a function takes arguments has a digest', () => {
  const lists = new ToolLists('server', () => {});
  const elements = Array<string>(200_000).fill('{"name":"a","name":"b"}');
  lists.add(Buffer.from(`{"result":{"tools":[${elements.join(',')}]}}`));
  expect(lists.definitionOf('a')).toMatch(/^[\w-]{43}$/);
});
