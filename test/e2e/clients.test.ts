import path from 'node:path';
import type { Client as ModernClient } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import type { Kind } from './clients.js';
import { fixture, npmServer, Place, PROGRAM } from './place.js';
import { bytes, direct, type Step, tour, wrapped } from './tour.js';

const LEGACY: Kind[] = ['v1', 'v2 legacy', 'v2 auto'];
const LISTS: Step[] = [['listTools'], ['listResources'], ['listResourceTemplates'], ['listPrompts']];

function call(name: string, args: Record<string, unknown> = {}): Step {
  return ['callTool', { name, arguments: args }];
}

/** Being told of changes is asked for since 2026-07-28; before, it was not. */
async function listening(client: ModernClient): Promise<unknown> {
  const isModern = client.getProtocolEra?.() === 'modern';
  const subscription = isModern ? await client.listen({ toolsListChanged: true }) : undefined;
  const result = await client.callTool({ name: 'add_tool', arguments: {} });
  await subscription?.close();
  return { result, honored: subscription?.honoredFilter };
}

const servers: Record<string, { kinds: Kind[]; server: (place: Place) => string[]; steps: Step[] }> = {
  everything: {
    kinds: LEGACY,
    server: () => [npmServer('everything')],
    steps: [
      ...LISTS,
      call('get-roots-list'),
      call('echo', { message: 'ä€😀 "\\ \u2028' }),
      call('get-sum', { a: 0.1, b: 0.2 }),
      call('get-sum', { a: 'one' }),
      call('get-structured-content', { location: 'Chicago' }),
      call('no_such_tool'),
      ['ping'],
    ],
  },
  filesystem: {
    kinds: LEGACY,
    server: ({ work }) => [npmServer('filesystem'), work],
    steps: [
      ['listTools'],
      call('write_file', { path: 'note.txt', content: 'first ä€😀\r\nsecond\n' }),
      call('read_text_file', { path: 'note.txt' }),
      call('edit_file', { path: 'note.txt', edits: [{ oldText: 'second', newText: 'zwölf' }] }),
      call('read_text_file', { path: 'note.txt', head: 1 }),
      call('list_directory', { path: '.' }),
      call('read_text_file', { path: '/etc/passwd' }),
    ],
  },
  memory: {
    kinds: LEGACY,
    server: () => [npmServer('memory')],
    steps: [
      ['listTools'],
      call('create_entities', {
        entities: [{ name: 'Ada', entityType: 'person', observations: ['likes ä€😀'] }],
      }),
      call('add_observations', { observations: [{ entityName: 'Ada', contents: ['counts'] }] }),
      call('search_nodes', { query: 'likes' }),
      call('delete_entities', { entityNames: ['Ada'] }),
      call('read_graph'),
    ],
  },
  'the example server': {
    kinds: LEGACY,
    server: () => [PROGRAM, 'example-server'],
    steps: [
      ['listTools'],
      call('list_brokers', { region: 'us-east-1', MaxResults: 2 }),
      call('delete_broker', { region: 'us-east-1', BrokerId: 'b-warehouse' }),
      call('drop_everything'),
    ],
  },
  'a server of both eras': {
    kinds: [...LEGACY, 'v2 pinned'],
    server: () => [fixture('modern.mjs')],
    steps: [
      ...LISTS,
      call('get_sum', { a: 1, b: 2 }),
      call('count_slowly', { to: 3 }),
      call('delete_note', { id: 'one' }),
      call('fail'),
      call('get_sum', { a: 'one' }),
      call('no_such_tool'),
      ['readResource', { uri: 'note://one' }],
      ['readResource', { uri: 'note://all/7' }],
      ['readResource', { uri: 'note://none' }],
      ['getPrompt', { name: 'review', arguments: { code: 'x = 1' } }],
      [
        'complete',
        {
          ref: { type: 'ref/resource', uri: 'note://all/{id}' },
          argument: { name: 'id', value: '1' },
        },
      ],
      listening,
      ['listTools'],
    ],
  },
};

describe.each(Object.entries(servers))('%s', (_name, { kinds, server, steps }) => {
  it.each(kinds)('answers a client %s as without the wrapper, byte for byte', async (kind) => {
    const [alone, behind] = [new Place(), new Place()];
    const env = (place: Place) => ({
      ...place.env,
      MEMORY_FILE_PATH: path.join(place.folder, 'memory.jsonl'),
    });
    const [expected, actual] = await Promise.all([
      tour(kind, { ...direct(alone, server(alone)), env: env(alone) }, steps),
      tour(kind, { ...wrapped(behind, server(behind)), env: env(behind) }, steps),
    ]);
    expect(withoutPlaces(actual, behind)).toEqual(withoutPlaces(expected, alone));
    const { outside, inside } = bytes(behind);
    expect(inside).toEqual(outside);
    expect(outside.join('').length).toBeGreaterThan(1_000);
  });
});

/** The two runs have a folder each, and its name comes up. */
function withoutPlaces(told: object, { folder }: Place): unknown {
  return JSON.parse(JSON.stringify(told).replaceAll(folder, 'FOLDER'));
}
