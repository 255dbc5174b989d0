import { describe, expect, it } from 'vitest';
import { taskIdOf, taskNews } from '../../../src/core/replies/task-id.js';

describe('taskIdOf', () => {
  it.each([
    ['2025-11-25', '{"task":{"taskId":"a1","status":"working"}}', 'a1'],
    ['2026-07-28', '{"resultType":"task","taskId":"a2","status":"working"}', 'a2'],
    ['2026-07-28, nested', '{"resultType":"task","task":{"taskId":"a3"}}', 'a3'],
    ['in escapes', String.raw`{"t\u0061sk":{"t\u0061skId":"\u0061"}}`, 'a'],
    ['an id without the type', '{"taskId":"a"}', undefined],
    ['an id that is a number', '{"task":{"taskId":1}}', undefined],
    ['another type', '{"resultType":"complete","taskId":"a"}', undefined],
    ['two tasks', '{"task":{"taskId":"a"},"task":{"taskId":"b"}}', undefined],
    ['a text', '"task"', undefined],
  ])('of %s', (_, result, id) => {
    expect(taskIdOf(`{"jsonrpc":"2.0","id":1,"result":${result}}`)).toBe(id);
  });
});

describe('taskNews', () => {
  it.each<[string, unknown]>([
    ['{"result":{"task":{"taskId":"a","status":"working","ttl":5}}}', { id: 'a', ended: false, ttl: 5 }],
    ['{"result":{"taskId":"a","status":"completed","ttl":null}}', { id: 'a', ended: true, ttl: undefined }],
    ['{"result":{"taskId":"a","status":"failed","ttlMs":7}}', { id: 'a', ended: true, ttl: 7 }],
    ['{"params":{"taskId":"a","status":"cancelled","ttl":-1}}', { id: 'a', ended: true, ttl: undefined }],
    ['{"params":{"taskId":"a","status":"input_required"}}', { id: 'a', ended: false, ttl: undefined }],
    [
      '{"result":{"content":[],"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"a"}}}}',
      { id: 'a', ended: false, ttl: undefined },
    ],
    ['{"result":{"tasks":[{"taskId":"a","status":"completed"}]}}', undefined],
    ['{"result":{"taskId":7,"status":"completed"}}', undefined],
    ['{"result":{}}', undefined],
    ['{"error":{}}', undefined],
    ['no JSON', undefined],
  ])('%s', (text, news) => {
    expect(taskNews(text)).toEqual(news);
  });
});
