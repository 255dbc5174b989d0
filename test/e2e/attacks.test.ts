import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

/** How a request is answered that is not forwarded. */
interface Refused {
  code?: number;
  id?: string | number;
  /** The id as it is written, where that is not how JSON.stringify would write it. */
  idText?: string;
  isError?: boolean;
}

/** One hostile line of a client, or one that looks hostile, and how it is answered. */
interface Attack {
  name: string;
  group: string;
  line?: string;
  hex?: string;
  /** A policy of its own, in words. */
  policy?: string;
  /** The version that was negotiated before. */
  protocol?: string;
  /** Lines that come first. */
  before?: string[];
  /** `silent`: nobody is answered. `batch`: one array with these answers. `forwarded`: the server gets it to the byte. */
  expect: Refused & { forwarded: boolean; silent?: boolean; batch?: Refused[] };
}

type Answer = Record<string, unknown>;

const file = new URL('../fixtures/attacks.jsonl', import.meta.url);
const attacks = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Attack);
const groups = [...new Set(attacks.map(({ group }) => group))];

const RULES = `tools:
  delete_broker: deny
  create_charge: [{ when: args.amount > 100, action: deny }, allow]
resources: { "file:///etc/*": deny }
prompts: { "secret_*": deny }
`;

/** What makes a request one of 2026-07-28, put into the params as they are written. */
const MODERN =
  '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}';

/** The same line as a request of the modern era, where it has params to say so in. */
function modern(attack: Attack): Attack[] {
  const { line, protocol } = attack;
  if (protocol !== undefined || !line?.includes('"params":{') || line.includes('_meta')) return [];
  const comma = line.includes('"params":{}') ? '' : ',';
  return [{ ...attack, line: line.replace('"params":{', `"params":{${MODERN}${comma}`) }];
}

function expectAnswer(
  answer: Answer | undefined,
  { code, id, idText, isError }: Refused,
  nameId: boolean,
): void {
  if (code !== undefined) expect(answer).toMatchObject({ error: { code } });
  if (isError) expect(answer).toMatchObject({ result: { isError: true } });
  if (id === undefined && idText === undefined) expect(answer ?? {}).not.toHaveProperty('id');
  else if (nameId && id !== undefined) expect(answer).toHaveProperty('id', id);
}

async function strike(wrapped: Wrapped, attack: Attack, index: number): Promise<void> {
  const { line = '', hex, before = [], expect: expected } = attack;
  for (const earlier of before) wrapped.sendLine(earlier);
  const ping = `ping ${index}`;
  const from = wrapped.lines.length;
  wrapped.sendLine(hex === undefined ? line : Buffer.from(hex, 'hex'));
  if (expected.forwarded && expected.id !== undefined) await wrapped.answer(expected.id);
  await wrapped.request(ping, 'ping');
  const answers = wrapped.lines.slice(from, -1).map((text) => JSON.parse(text) as Answer | Answer[]);
  expect(answers, 'answers').toHaveLength(expected.silent ? 0 : 1);
  const [answer] = answers;
  if (expected.idText !== undefined) expect(wrapped.lines[from]).toContain(`"id":${expected.idText},`);
  if (expected.batch === undefined) return expectAnswer(answer as Answer, expected, before.length === 0);
  expect(answer).toHaveLength(expected.batch.length);
  for (const [at, each] of expected.batch.entries()) expectAnswer((answer as Answer[])[at], each, true);
}

/** Sends all rows through one program. Rows that need the same surroundings come together. */
async function strikeAll(rows: readonly Attack[]): Promise<void> {
  const [{ policy, protocol } = {} as Attack] = rows;
  const place = new Place();
  place.policy(`version: 1\ndefault: ${policy === 'default: deny' ? 'deny' : 'allow'}\n${RULES}`);
  const wrapped = Wrapped.recorder(place);
  if (protocol) await wrapped.request('start', 'initialize', { protocolVersion: protocol, capabilities: {} });
  for (const [index, attack] of rows.entries()) {
    await strike(wrapped, attack, index).catch((error: unknown) => {
      throw new Error(`${attack.name}: ${(error as Error).message}`);
    });
  }
  expectOnlyHonest(place, rows);
  await wrapped.end();
  expectAudit(place, rows);
}

function expectOnlyHonest(place: Place, rows: readonly Attack[]): void {
  const honest = rows.filter(({ expect: { forwarded } }) => forwarded).map(({ line = '' }) => line);
  const allowed = new Set([...honest, ...rows.flatMap(({ before = [] }) => before)]);
  const reached = place.recorded()?.trimEnd().split('\n') ?? [];
  for (const line of honest) expect(reached, 'as it was written').toContain(line);
  const methods = reached
    .filter((line) => !allowed.has(line))
    .map((line) => (JSON.parse(line) as { method: string }).method)
    .filter((method) => method !== 'initialize');
  expect(methods).toEqual(rows.map(() => 'ping'));
}

/** Each refusal is one line of the log, which says why. */
function expectAudit(place: Place, rows: readonly Attack[]): void {
  const refused = place.audit().filter(({ outcome }) => outcome === 'refused');
  const hostile = rows.filter(({ expect: { forwarded } }) => !forwarded);
  const expected = hostile.reduce((count, { expect: { batch } }) => count + (batch?.length ?? 1), 0);
  expect(refused, 'lines of the log').toHaveLength(expected);
  for (const { reason, rule } of refused) expect(reason ?? rule).toBeTruthy();
}

function surroundings({ policy, protocol }: Attack): string {
  return `${policy === 'default: deny'} ${protocol}`;
}

describe('a hostile line', () => {
  it.each(groups)('gets nothing past the policy, and the connection goes on: %s', async (group) => {
    const rows = attacks.filter((attack) => attack.group === group);
    for (const around of new Set(rows.map(surroundings))) {
      const together = rows.filter((attack) => surroundings(attack) === around);
      await strikeAll(together);
      const inModernEra = together.flatMap(modern);
      if (inModernEra.length > 0) await strikeAll(inModernEra);
    }
  });
});
