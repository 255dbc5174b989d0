import type fc from 'fast-check';

/** One thing that has to hold for any bytes, in the shape that fuzzers want. */
export interface Target {
  /** Throws where something that must hold does not. */
  run(input: Uint8Array): void;
  /** Inputs to start from. */
  seeds(): readonly Uint8Array[];
  /** Inputs made by a grammar. */
  generated: fc.Arbitrary<Uint8Array>;
  /** Texts that mean something to what is tested. */
  words: readonly string[];
  /** The most bytes of an input. */
  longest: number;
}

export const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'));
