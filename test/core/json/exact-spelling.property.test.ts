import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactText } from '../../../src/core/json/exact-spelling.js';
import type { JsonNode } from '../../../src/core/json/node.js';
import { isFlaw, scanJson } from '../../../src/core/json/scan.js';
import { runs } from '../../runs.js';
import { plainJson } from '../../texts/objects.js';

const RUNS = runs(2_000);
const everything = { keep: Number.POSITIVE_INFINITY };

describe('exactText on generated texts', () => {
  it('is what the reference makes of them', () => {
    fc.assert(
      fc.property(plainJson(), (text) => {
        expect(exactText(text)).toBe(reference(text, scan(text)));
      }),
      RUNS,
    );
  });

  it('is the same for every order of keys, blank and spelling of strings', () => {
    fc.assert(
      fc.property(plainJson(), fc.infiniteStream(fc.nat(6)), (text, choices) => {
        const next = () => choices.next().value ?? 0;
        expect(exactText(respelt(text, scan(text), next))).toBe(exactText(text));
      }),
      RUNS,
    );
  });

  it('is its own exact text, and means the same', () => {
    fc.assert(
      fc.property(plainJson(), (text) => {
        const exact = exactText(text);
        expect(exactText(exact)).toBe(exact);
        expect(JSON.parse(exact)).toEqual(JSON.parse(text));
      }),
      RUNS,
    );
  });

  it('differs for every change of a value', () => {
    fc.assert(
      fc.property(plainJson(), plainJson(), (one, other) => {
        const same = exactText(one) === exactText(other);
        if (same) expect(JSON.parse(one)).toEqual(JSON.parse(other));
        else expect(reference(one, scan(one))).not.toBe(reference(other, scan(other)));
      }),
      RUNS,
    );
  });

  it('differs when one leaf differs', () => {
    fc.assert(
      fc.property(plainJson(), fc.nat(), (text, which) => {
        const leaves = leavesOf(scan(text));
        const leaf = leaves[which % leaves.length];
        if (leaf === undefined) return;
        const changed = `${text.slice(0, leaf.start)}"another"${text.slice(leaf.end)}`;
        expect(exactText(changed)).not.toBe(exactText(text));
      }),
      RUNS,
    );
  });
});

function scan(text: string): JsonNode {
  const node = scanJson(text, everything);
  if (isFlaw(node)) throw new Error(node.flaw);
  return node;
}

/** The slow way: from the nodes of the scanner. */
function reference(text: string, node: JsonNode): string {
  const written = text.slice(node.start, node.end);
  switch (node.kind) {
    case 'object': {
      const members = [...(node.members ?? [])].sort(([one], [other]) => (one < other ? -1 : 1));
      return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${reference(text, value)}`).join(',')}}`;
    }
    case 'array':
      return `[${node.elements?.map((element) => reference(text, element)).join(',')}]`;
    case 'string':
      return JSON.stringify(JSON.parse(written));
    default:
      return written;
  }
}

function respelt(text: string, node: JsonNode, next: () => number): string {
  const blank = () => ['', ' ', '\t', '', '', '  '][next()] ?? '';
  const string = (value: string) => {
    const plain = JSON.stringify(value);
    return next() < 3 || plain.includes('\\') ? plain : plain.replace(/[a-zA-Z]/g, escaped);
  };
  switch (node.kind) {
    case 'object': {
      const members = [...(node.members ?? [])].map(
        ([key, value]) =>
          `${blank()}${string(key)}${blank()}:${blank()}${respelt(text, value, next)}${blank()}`,
      );
      const at = next() % (members.length || 1);
      return `{${[...members.slice(at), ...members.slice(0, at)].reverse().join(',')}}`;
    }
    case 'array':
      return `[${blank()}${node.elements?.map((element) => respelt(text, element, next)).join(`${blank()},`)}${blank()}]`;
    case 'string':
      return string(JSON.parse(text.slice(node.start, node.end)) as string);
    default:
      return text.slice(node.start, node.end);
  }
}

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function leavesOf(node: JsonNode): JsonNode[] {
  const inner = [...(node.members?.values() ?? []), ...(node.elements ?? [])];
  return node.kind === 'object' || node.kind === 'array' ? inner.flatMap(leavesOf) : [node];
}
