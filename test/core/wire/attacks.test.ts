import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src/core/wire/message.js';
import { askerOfUndecoded, decodeLine } from '../../../src/proxy/streams/decode.js';

/** One hostile line of a client, or one that looks hostile. `level` says who has to refuse it when the line itself is sound. */
interface Attack {
  name: string;
  group: string;
  line?: string;
  hex?: string;
  level?: 'policy' | 'session';
  expect: {
    forwarded: boolean;
    code?: number;
    id?: string | number;
    idText?: string;
    silent?: boolean;
    batch?: unknown[];
  };
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
  const refused = rows.filter(({ level, expect: { forwarded } }) => level === undefined && !forwarded);
  const honest = rows.filter(({ expect: { forwarded } }) => forwarded);
  const judged = rows.filter(({ level, expect: { forwarded } }) => level !== undefined && !forwarded);

  if (refused.length > 0) {
    it.each(refused)('never reaches the server: $name', (attack) => {
      const { code, id, silent, idText = id === undefined ? undefined : JSON.stringify(id) } = attack.expect;
      const asked = silent ? { silent } : { code };
      expect(read(attack)).toMatchObject({ kind: 'unreadable', ...asked });
      expect(read(attack)).toMatchObject({ idText, silent });
      if (id !== undefined) expect(read(attack)).toMatchObject({ id });
    });
  }
  if (honest.length > 0) {
    it.each(honest)('is read as what it is, and reaches the server: $name', (attack) => {
      expect(readMessage(textOf(attack)).kind).toMatch(/^(request|notification)$/);
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
  const nobody = { id: undefined, idText: undefined, silent: undefined };
  if (typeof text !== 'string')
    return { ...nobody, kind: 'unreadable', code: -32700, ...askerOfUndecoded(bytesOf(attack)) };
  return { ...nobody, ...readMessage(text) };
}

function textOf(attack: Attack): string {
  const text = decodeLine(bytesOf(attack));
  return typeof text === 'string' ? text : text.flaw;
}

function bytesOf({ line, hex }: Attack): Uint8Array {
  return hex === undefined ? Buffer.from(line ?? '', 'utf8') : Buffer.from(hex, 'hex');
}
