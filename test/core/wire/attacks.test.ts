import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src/core/wire/message.js';
import { decodeLine, idOfUndecoded } from '../../../src/proxy/streams/decode.js';

/** One hostile line of a client. `level` says who has to refuse it when the line itself is sound. */
interface Attack {
  name: string;
  group: string;
  line?: string;
  hex?: string;
  level?: 'policy' | 'session';
  expect: { forwarded: false; code?: number; id?: string | number; batch?: unknown[] };
}

const file = new URL('../../fixtures/attacks.jsonl', import.meta.url);
const attacks = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Attack)
  // Batches are taken apart before their messages are read.
  .filter(({ expect: { batch }, group }) => batch === undefined && group !== 'batches of 2025-03-26');

const groups = [...new Set(attacks.map(({ group }) => group))];

describe.each(groups)('%s', (group) => {
  const rows = attacks.filter((attack) => attack.group === group);
  const refused = rows.filter(({ level }) => level === undefined);
  const judged = rows.filter(({ level }) => level !== undefined);

  if (refused.length > 0) {
    it.each(refused)('never reaches the server: $name', (attack) => {
      const { code, id } = attack.expect;
      expect(read(attack)).toEqual({ kind: 'unreadable', code, id });
    });
  }
  if (judged.length > 0) {
    it.each(judged)('is read as what it is: $name', (attack) => {
      const message = readMessage(textOf(attack));
      expect(message.kind).toMatch(/^(request|response)$/);
      if (attack.expect.id !== undefined) expect(message).toHaveProperty('id', attack.expect.id);
    });
  }
});

function read(attack: Attack) {
  const text = decodeLine(bytesOf(attack));
  if (typeof text !== 'string')
    return { kind: 'unreadable', code: -32700, id: idOfUndecoded(bytesOf(attack)) };
  const message = readMessage(text);
  return message.kind === 'unreadable'
    ? { kind: message.kind, code: message.code, id: message.id }
    : { kind: message.kind };
}

function textOf(attack: Attack): string {
  const text = decodeLine(bytesOf(attack));
  return typeof text === 'string' ? text : text.flaw;
}

function bytesOf({ line, hex }: Attack): Uint8Array {
  return hex === undefined ? Buffer.from(line ?? '', 'utf8') : Buffer.from(hex, 'hex');
}
