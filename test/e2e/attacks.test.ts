import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

/** One hostile line of a client, and how it is answered. */
interface Attack {
  name: string;
  group: string;
  line?: string;
  hex?: string;
  level?: 'policy' | 'session';
  /** A policy of its own, in words. */
  policy?: string;
  /** Lines that come first. */
  before?: string[];
  expect: { code?: number; id?: string | number; isError?: boolean };
}

const file = new URL('../fixtures/attacks.jsonl', import.meta.url);
const attacks = (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []).map(
  (line) => JSON.parse(line) as Attack,
);
const groups = [...new Set(attacks.map(({ group }) => group))];

const RULES = `tools:
  delete_broker: deny
  create_charge: [{ when: args.amount > 100, action: deny }, allow]
`;

async function strike(wrapped: Wrapped, attack: Attack, index: number): Promise<void> {
  const { line = '', hex, before = [], expect: expected } = attack;
  for (const earlier of before) wrapped.sendLine(earlier);
  const ping = `ping ${index}`;
  const from = wrapped.lines.length;
  wrapped.sendLine(hex === undefined ? line : Buffer.from(hex, 'hex'));
  await wrapped.request(ping, 'ping');
  const answers = wrapped.lines.slice(from, -1).map((text) => JSON.parse(text) as Record<string, unknown>);
  expect(answers, 'answers').toHaveLength(expected.code === undefined && !expected.isError ? 0 : 1);
  const [answer] = answers;
  if (expected.code !== undefined) expect(answer).toMatchObject({ error: { code: expected.code } });
  if (expected.isError) expect(answer).toMatchObject({ result: { isError: true } });
  // While a request is under way, an answer with its id would be taken for its own.
  if (expected.id !== undefined && before.length === 0) expect(answer).toHaveProperty('id', expected.id);
  if (expected.id === undefined) expect(answer ?? {}).not.toHaveProperty('id');
}

describe.skipIf(groups.length === 0)('a hostile line', () => {
  it.each(groups)('gets nothing past the policy, and the connection goes on: %s', async (group) => {
    for (const byDefault of ['allow', 'deny']) {
      const rows = attacks.filter(
        (attack) => attack.group === group && (attack.policy === 'default: deny') === (byDefault === 'deny'),
      );
      if (rows.length === 0) continue;
      const place = new Place();
      place.policy(`version: 1\ndefault: ${byDefault}\n${RULES}`);
      const wrapped = Wrapped.recorder(place);
      for (const [index, attack] of rows.entries()) {
        await strike(wrapped, attack, index).catch((error: unknown) => {
          throw new Error(`${attack.name}: ${(error as Error).message}`);
        });
      }
      const allowed = new Set(rows.flatMap(({ before = [] }) => before));
      const reached = place.recorded()?.trimEnd().split('\n') ?? [];
      const others = reached.filter((line) => !allowed.has(line));
      expect(others.map((line) => (JSON.parse(line) as { method: string }).method)).toEqual(
        rows.map(() => 'ping'),
      );
    }
  });
});
