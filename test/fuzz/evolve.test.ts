import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolve, type Progress } from './evolve.js';
import { Instrumenter } from './instrument.mjs';
import type { Target } from './target.js';

/** Found by nobody who does not notice that he comes closer. */
const DEEP = `export function run(input: Uint8Array): void {
  const [a, b, c, d, e] = input;
  if (a === 0x6b) if (b === 0x6e && c === 0x6f) { if (d === 0x63 ? e === 0x6b : false) throw new Error('who is there?'); }
}`;

const words = [...'abcdefghijklmnopqrstuvwxyz'];
const target = (run: Target['run']): Target => ({
  run,
  seeds: () => [new Uint8Array(8)],
  generated: fc.uint8Array(),
  words,
  longest: 32,
});
const upTo = (most: number) => ({
  seed: 1,
  goOn: ({ executions, findings }: Progress) => executions < most && findings.length === 0,
});

/** The compiled source, with or without the counting. */
async function load(counting: boolean): Promise<Target> {
  const code = new Instrumenter().instrument(DEEP, 'deep.ts');
  const text = counting ? code : code.replaceAll(/\$hits\[\d+\]\+\+/g, '0');
  const { run } = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as {
    run: Target['run'];
  };
  return target(run);
}

describe('the fuzzer', () => {
  it('finds what lies behind many conditions, and makes it small', async () => {
    const { findings, corpus } = evolve(await load(true), upTo(100_000));
    expect(findings.map(({ input, message }) => [Buffer.from(input).toString(), message])).toEqual([
      ['knock', 'Error: who is there?'],
    ]);
    expect(corpus).toBeGreaterThan(4);
  });

  it('does not, where it cannot see how far it comes', async () => {
    expect(evolve(await load(false), upTo(100_000)).findings).toEqual([]);
  });

  it('tries the same inputs for the same seed', async () => {
    const inputs = (seed: number) => {
      const tried: string[] = [];
      const note = target((input) => {
        tried.push(Buffer.from(input).toString('hex'));
      });
      evolve(note, { seed, goOn: ({ executions }) => executions < 100 });
      return tried;
    };
    expect(inputs(3)).toEqual(inputs(3));
    expect(inputs(3)).not.toEqual(inputs(4));
  });

  it('tells what takes too long', () => {
    const slow = target((input) => {
      const end = performance.now() + 2_100;
      while (input.length > 7 && performance.now() < end);
    });
    const { findings } = evolve(slow, upTo(1));
    expect(findings[0]?.message).toMatch(/^slow: it took \d+ ms$/);
  });
});
