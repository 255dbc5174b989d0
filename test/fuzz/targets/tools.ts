import assert from 'node:assert/strict';
import { cutTools } from '../../../src/core/replies/tool-list.js';
import { fold } from '../../../src/core/text/fold.js';
import type { Extent } from '../../../src/core/tools/listing/outline.js';
import { readToolList } from '../../../src/core/tools/listing/read-list.js';
import { readTree } from '../../reference/json.js';
import { COMPARISONS, member } from '../../reference/lenient.js';
import { toolLists } from '../../texts/server-lines.js';
import { bytesOf, type Target } from '../target.js';
import { JSON_WORDS } from '../words.js';

interface List {
  result: { tools: unknown[] };
}

const isHidden = (name: string) => fold(name).includes('hid');

/** A list without its hidden tools is the same list to everybody, and hidden names are gone for everybody. */
function run(input: Uint8Array): void {
  const text = Buffer.from(input).toString('utf8');
  const reading = readToolList(text);
  const cut = cutTools(text, isHidden, reading);
  if ('flaw' in cut) return;
  const stay = reading.elements.filter(
    ({ names, isJson }) => isJson && names.length > 0 && !names.some(isHidden),
  );
  assert.equal(cut.cut, reading.elements.length - stay.length);
  const after = JSON.parse(cut.text) as List;
  if (reading.elements.length > 0)
    assert.deepEqual(
      after.result.tools,
      stay.map((element) => JSON.parse(element.text)),
    );
  // Where the scope is written again, the trees are equal and that has to do.
  if (reading.cacheScopes.length === 0) assert.equal(cut.text, cutPlainly(text, reading.elements, stay));
  for (const name of namesSeen(cut.text)) assert.ok(!isHidden(name), `${name} is still seen`);
}

/** The same by hand: what stands around the elements stays, and each that stays keeps what follows it up to the next. */
function cutPlainly(text: string, listed: readonly Extent[], stay: readonly Extent[]): string {
  const first = listed[0]?.start ?? 0;
  const end = listed.at(-1)?.end ?? 0;
  const kept = stay.map((tool, index) => {
    const next = index + 1 < stay.length ? listed[listed.indexOf(tool) + 1] : undefined;
    return text.slice(tool.start, next?.start ?? tool.end);
  });
  return text.slice(0, first) + kept.join('') + text.slice(end);
}

/** The names of the tools as careless clients read them. */
function namesSeen(text: string): string[] {
  const root = readTree(text);
  if (root === undefined) return [];
  return Object.values(COMPARISONS).flatMap((read) =>
    (['first', 'last'] as const).flatMap((order) => {
      const result = member(root, 'result', read, order);
      const tools = result && member(result, 'tools', read, order);
      const elements = tools?.kind === 'array' ? tools.elements : [];
      return elements.flatMap((tool) => {
        const name = member(tool, 'name', read, order);
        return name?.kind === 'string' ? [name.value] : [];
      });
    }),
  );
}

export const tools: Target = {
  run,
  seeds: () => SEEDS.map(bytesOf),
  generated: toolLists().map(bytesOf),
  words: [
    ...JSON_WORDS,
    '"name":"hide"',
    '"Name":"hide"',
    '"tools":[]',
    '\\ud83d',
    'NaN',
    '\u0001',
    '"name":"show","name":"hide"',
    '"cacheScope":"public"',
    '"result":{',
  ],
  longest: 512,
};

const SEEDS = [
  '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"show"},{"name":"hide"} ,\t{"name":"shown"}],"nextCursor":""}}',
  '{"jsonrpc":"2.0","id":1,"result":{"cacheScope":"public","tools":[ {"name":"hide","inputSchema":{"a":[1]}} ]}}',
];
