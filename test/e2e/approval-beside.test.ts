import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Kind } from './clients.js';
import { NO, type Result, userOf, YES } from './person.js';
import { fixture, npmServer } from './place.js';

const POLICY = `version: 1
default: allow
tools: { trigger-elicitation-request: require_approval, delete_note: require_approval, echo: require_approval }
`;
const textOf = ({ content }: Result) => content[0]?.text ?? '';
const ours = ({ message }: { message: string }) => message.startsWith('policy-wrap');

describe.each<Kind>(['v1', 'v2 legacy', 'v2 auto'])('beside questions of the server, a client %s', (kind) => {
  it('asks ours first, each once, and each answer goes where it belongs', async () => {
    const { person, call, client, place } = await userOf(kind, POLICY, () => [npmServer('everything')]);
    // The server offers the tool once it knows that the client can ask.
    await client.listTools();
    const first = call('trigger-elicitation-request');
    await person.says(1, YES);
    const theirs = await person.asked(2);
    expect(person.shown.map(ours)).toEqual([true, false]);
    // Two more while the server waits: one of the same tool, one of another.
    const second = call('trigger-elicitation-request');
    await person.asked(3);
    const third = call('echo', { message: 'ä€😀' });
    await person.asked(4);
    expect(person.shown.map(ours)).toEqual([true, false, true, true]);
    await person.says(4, NO);
    expect(textOf(await third)).toContain('was declined by the person');
    await person.says(3, YES, 0);
    await person.asked(5);
    expect(person.shown.map(ours)).toEqual([true, false, true, true, false]);
    theirs.answer({ action: 'accept', content: { name: 'Ada', check: true } });
    expect(JSON.stringify(await first)).toContain('Ada');
    await person.says(5, { action: 'cancel' }, 0);
    expect(JSON.stringify(await second)).toContain('cancelled');
    expect(person.shown).toHaveLength(5);
    await client.close();
    const lines = place.audit().filter(({ kind }) => kind === 'tool');
    expect(lines.map(({ tool, outcome }) => [tool, outcome]).sort()).toEqual([
      ['echo', 'refused'],
      ['trigger-elicitation-request', 'completed'],
      ['trigger-elicitation-request', 'completed'],
    ]);
  });
});

describe.each<Kind>(['v2 auto', 'v2 pinned'])('before rounds of the server, a client %s', (kind) => {
  it('asks ours first, and nobody is asked about the call again', async () => {
    const { person, call, client, place } = await userOf(kind, POLICY, () => [fixture('modern.mjs')]);
    const ids = ['a', 'b', 'c'];
    const results = ids.map((id) => call('delete_note', { id }));
    await person.asked(3);
    await sleep(400);
    for (const shown of person.shown) shown.answer(YES);
    await person.asked(6);
    expect(person.shown.map(ours)).toEqual([true, true, true, false, false, false]);
    // The last is answered first.
    for (const shown of person.shown.slice(3).reverse()) {
      const confirm = !shown.message.includes('b');
      shown.answer({ action: 'accept', content: { confirm } });
    }
    expect((await Promise.all(results)).map(textOf)).toEqual([
      'a: true state of a',
      'b: false state of b',
      'c: true state of c',
    ]);
    expect(person.shown).toHaveLength(6);
    await client.close();
    for (const id of ids) {
      const lines = place.audit().filter((line) => (line['arguments'] as { id?: string })?.id === id);
      expect(lines).toMatchObject([
        { outcome: 'input_required', approval: { how: 'asked' } },
        { outcome: 'input_required', approval: { how: 'approved' } },
        { outcome: 'completed', approval: { how: 'approved' }, round: 1 },
      ]);
    }
  });

  it('does not let the server ask when the person says no', async () => {
    const { person, call, client } = await userOf(kind, POLICY, () => [fixture('modern.mjs')]);
    const result = call('delete_note', { id: 'a' });
    await person.says(1, NO);
    expect(await result).toMatchObject({ isError: true });
    expect(person.shown).toHaveLength(1);
    await client.close();
  });
});
