import { setTimeout as sleep } from 'node:timers/promises';
import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import type { Kind } from './clients.js';
import { type CallOptions, NO, PERSON, type Person, type Result, userOf, YES } from './person.js';
import { fixture, type Place, PROGRAM } from './place.js';

const KINDS: Kind[] = ['v1', 'v2 legacy', 'v2 auto', 'v2 pinned'];
const ASKS =
  'version: 1\ndefault: allow\ntools: { "*_note": require_approval, count_slowly: require_approval }\napprovals: { via: [elicitation] }\n';
const ALLOWS = 'version: 1\ndefault: allow\n';
const CONFIRMED: ElicitResult = { action: 'accept', content: { confirm: true } };

/** The server speaks both eras, so `auto` agrees on the newer one. */
const isModern = (kind: Kind) => kind === 'v2 auto' || kind === 'v2 pinned';
const textOf = ({ content }: Result) => content[0]?.text ?? '';

/** A client, policy-wrap, another policy-wrap and a server. */
function nested(kind: Kind, outer: string, inner: string) {
  const server = (place: Place) => {
    const config = place.write('inner.yaml', inner);
    return [PROGRAM, '--server', 'inner', '--config', config, '--', process.execPath, fixture('modern.mjs')];
  };
  return userOf(kind, outer, server);
}

/** Who asks in a message about a note: one of the two, or the server itself. */
function asker(message: string): string {
  if (!message.startsWith('policy-wrap')) return 'server';
  return message.includes("'inner'") ? 'inner' : 'outer';
}

/** Answers the questions about one note as they come, and returns who asked them. */
async function answerAll(person: Person, id: string, answers: [ElicitResult, number][]): Promise<string[]> {
  const askers: string[] = [];
  const about = () =>
    person.shown.filter(({ message }) => message.includes(`"id":"${id}"`) || message === `Delete ${id}?`);
  for (const [index, [answer, after]] of answers.entries()) {
    while (about().length <= index) await sleep(5);
    await sleep(after);
    const shown = about()[index];
    shown?.answer(answer);
    askers.push(asker(shown?.message ?? ''));
  }
  return askers;
}

/** How the calls about one note have ended for one of the two, and what people said. */
function ends(place: Place, inner: boolean, id: string): unknown[] {
  const lines = place
    .audit()
    .filter(
      (line) => (line['server'] === 'inner') === inner && JSON.stringify(line).includes(`"id":"${id}"`),
    );
  return lines.map(({ outcome, approval }) => `${outcome} ${(approval as { how?: string })?.how}`);
}

describe.each(KINDS)('two policy-wraps behind each other and a client %s', (kind) => {
  it('ask one after the other, the outer first, and the call runs once when both are told yes', async () => {
    const { person, call, client, place } = await nested(kind, ASKS, ASKS);
    const cases: [string, [ElicitResult, number][], string[], string][] = [
      [
        'yes',
        [
          [YES, PERSON],
          [YES, PERSON],
          [CONFIRMED, 0],
        ],
        ['outer', 'inner', 'server'],
        'yes: true',
      ],
      ['no', [[NO, PERSON]], ['outer'], 'was declined by the person'],
      [
        'inner-no',
        [
          [YES, PERSON],
          [NO, PERSON],
        ],
        ['outer', 'inner'],
        'was declined by the person',
      ],
      [
        'nobody',
        [
          [YES, PERSON],
          [NO, 20],
        ],
        ['outer', 'inner'],
        'nobody could be asked',
      ],
    ];
    const done = cases.map(async ([id, answers, askers, words]) => {
      const result = call('delete_note', { id });
      expect(await answerAll(person, id, answers)).toEqual(askers);
      expect(textOf(await result)).toContain(words);
    });
    await Promise.all(done);
    expect(person.shown).toHaveLength(8);
    await client.close();
    const rounds = isModern(kind) ? ['input_required approved'] : [];
    const asked = isModern(kind) ? ['input_required asked'] : [];
    expect(ends(place, true, 'yes')).toEqual([...asked, ...rounds, 'completed approved']);
    expect(ends(place, false, 'yes')).toEqual([...asked, ...rounds, ...rounds, 'completed approved']);
    expect(ends(place, true, 'no')).toEqual([]);
    expect(ends(place, false, 'no')).toEqual([...asked, 'refused declined']);
    expect(ends(place, true, 'inner-no')).toEqual([...asked, 'refused declined']);
    expect(ends(place, false, 'inner-no')).toEqual([...asked, ...rounds, 'tool_error approved']);
    expect(ends(place, true, 'nobody')).toEqual([...asked, 'refused unavailable']);
  });

  it.each([
    ['outer', ASKS, ALLOWS],
    ['inner', ALLOWS, ASKS],
  ])('ask once where only the %s one asks', async (which, outer, inner) => {
    const { person, call, client } = await nested(kind, outer, inner);
    const result = call('delete_note', { id: 'a' });
    expect(
      await answerAll(person, 'a', [
        [YES, PERSON],
        [CONFIRMED, 0],
      ]),
    ).toEqual([which, 'server']);
    expect(textOf(await result)).toBe('a: true state of a');
    await client.close();
  });
});

it('both tell the client that its call goes on, in numbers that rise to those of the server', async () => {
  const { person, call, client } = await nested('v1', ASKS, ASKS);
  const progress: number[] = [];
  const onprogress: CallOptions['onprogress'] = (each) => progress.push(each.progress);
  const result = call('count_slowly', { to: 2 }, { onprogress });
  await person.says(1, YES, 2_300);
  await person.says(2, YES, 2_300);
  expect(textOf(await result)).toBe('counted to 2');
  expect(progress.length).toBeGreaterThanOrEqual(6);
  expect(progress.every((value, index) => index === 0 || value > (progress[index - 1] ?? 0))).toBe(true);
  await client.close();
});
