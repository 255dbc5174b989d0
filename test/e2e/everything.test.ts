import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import { npmServer, Place } from './place.js';
import { bytes, direct, type Step, type Told, tour, wrapped } from './tour.js';

/** Every tool of the server, most of them more than once. */
const calls: [tool: string, args?: Record<string, unknown>][] = [
  ['get-roots-list'],
  ['echo', { message: 'ä€😀' }],
  ['echo', {}],
  ['get-annotated-message', { messageType: 'error', includeImage: true }],
  ['get-env'],
  ['get-resource-links', { count: 10 }],
  ['get-resource-reference', { resourceType: 'Blob', resourceId: 2 }],
  ['gzip-file-as-resource', { name: 'a.gz', data: 'data:text/plain,hello', outputType: 'resource' }],
  ['get-structured-content', { location: 'New York' }],
  ['get-sum', { a: 1e300, b: -0 }],
  ['get-tiny-image'],
  ['trigger-long-running-operation', { duration: 0.4, steps: 4 }],
  ['trigger-sampling-request', { prompt: 'Say hello' }],
  ['trigger-sampling-request-async', { prompt: 'Say hello later' }],
  ['trigger-elicitation-request'],
  ['trigger-elicitation-request-async'],
  ['trigger-url-elicitation', { url: 'https://example.com/', elicitationId: 'one' }],
  ['trigger-url-elicitation', { url: 'https://example.com/', elicitationId: 'two', errorPath: true }],
];
const uri = 'demo://resource/static/document/features.md';

const others: Step[] = [
  ['readResource', { uri }],
  ['readResource', { uri: 'demo://resource/dynamic/text/1' }],
  ['readResource', { uri: 'demo://resource/dynamic/blob/2' }],
  ['readResource', { uri: 'demo://resource/session/a.gz' }],
  ['readResource', { uri: 'demo://nothing' }],
  ['getPrompt', { name: 'simple-prompt' }],
  ['getPrompt', { name: 'args-prompt', arguments: { city: 'Zürich' } }],
  ['getPrompt', { name: 'completable-prompt', arguments: { department: 'Sales', name: 'Eve' } }],
  ['getPrompt', { name: 'resource-prompt', arguments: { resourceType: 'Text', resourceId: '1' } }],
  ['getPrompt', { name: 'args-prompt', arguments: {} }],
  [
    'complete',
    {
      ref: { type: 'ref/prompt', name: 'completable-prompt' },
      argument: { name: 'name', value: 'E' },
      context: { arguments: { department: 'Sales' } },
    },
  ],
  ['subscribeResource', { uri }],
  ['callTool', { name: 'toggle-subscriber-updates' }],
  ['callTool', { name: 'toggle-subscriber-updates' }],
  ['unsubscribeResource', { uri }],
  ['setLoggingLevel', 'debug'],
  ['callTool', { name: 'toggle-simulated-logging' }],
  ['callTool', { name: 'toggle-simulated-logging' }],
  ['ping'],
];

const steps: Step[] = [
  ['listTools'],
  ['listPrompts'],
  ['listResources'],
  ['listResourceTemplates'],
  ...calls.map(([name, args = {}]): Step => ['callTool', { name, arguments: args }]),
  research,
  ...others,
];

/** A tool that is a task (2025-11-25): it is polled, and it asks in between. */
async function research(client: Client): Promise<unknown> {
  const params = { name: 'simulate-research-query', arguments: { topic: 'python', ambiguous: true } };
  const seen = new Set<string>();
  const stream = client.experimental.tasks.callToolStream(params, CallToolResultSchema, {
    task: { ttl: 60_000 },
  });
  for await (const message of stream) {
    seen.add(message.type);
    if (message.type === 'result') return { seen: [...seen].sort(), result: message.result };
    if (message.type === 'error') throw message.error;
  }
  return undefined;
}

/** Simulated log messages are of a level by chance, and how often the server tells of roots depends on when it asks for them. */
function withoutChance(told: Told): Told {
  const notifications = told.notifications.map((text) =>
    text.includes('evel message') || text.includes('level-message') ? 'a simulated log message' : text,
  );
  const once = notifications.filter(
    (text, index) => !/\broots?\b/i.test(text) || notifications.indexOf(text) === index,
  );
  return { ...told, notifications: once.sort() };
}

describe('server-everything', () => {
  it('does everything behind the wrapper as without it, byte for byte', async () => {
    const [alone, behind] = [new Place(), new Place()];
    const server = [npmServer('everything')];
    const env = { ...alone.env, FIXTURE_SECRET: 'passes' };
    const [expected, actual] = await Promise.all([
      tour('v1', { ...direct(alone, server), env }, steps),
      tour('v1', { ...wrapped(behind, server), env }, steps),
    ]);
    expect(withoutChance(actual)).toEqual(withoutChance(expected));
    const { outside, inside } = bytes(behind);
    expect(inside).toEqual(outside);
    expect(outside[1]?.match(/"method":"notifications\/progress"/g)).toHaveLength(4);

    const [{ tools }] = expected.results as [{ tools: { name: string }[] }];
    const called = new Set([...calls.map(([name]) => name), 'simulate-research-query']);
    for (const { name } of tools) if (!name.startsWith('toggle-')) expect(called).toContain(name);
    const heard = expected.notifications.join('\n');
    for (const method of ['message', 'resources/updated', 'resources/list_changed'])
      expect(heard).toContain(`notifications/${method}`);
    const results = JSON.stringify(expected.results);
    for (const words of [
      'Hello ä€😀',
      '[COMPLETED]',
      'FIXTURE_SECRET',
      'Research Report: python (technical)',
    ])
      expect(results).toContain(words);
  });
});
