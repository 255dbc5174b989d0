import { RE2JS } from '@bufbuild/re2';
import { ConditionFailure } from '../failures/condition-failure.js';
import { priceOfPattern } from './price.js';
import type { Steps } from './steps.js';

/** Characters. Making a longer one takes a tenth of a second and more, before it is tried on anything. */
export const LONGEST_PATTERN = 10_000;

/** The engine of `matches`. What an evaluation needs more than once is made once, and paid for once. */
export class RegularExpressions {
  #evaluation: number | undefined;
  readonly #made = new Map<string, RE2JS | Error | undefined>();

  constructor(private readonly steps: Steps) {}

  /**
   * Takes the steps for making one, if it is new.
   * @throws {TooManySteps}
   */
  pay(pattern: string): void {
    if (this.#evaluation !== this.steps.evaluation) this.#made.clear();
    this.#evaluation = this.steps.evaluation;
    if (this.#made.has(pattern)) return;
    this.steps.take(priceOfPattern(pattern));
    this.#made.set(pattern, undefined);
  }

  /** @throws {ConditionFailure} for one that is too long; others for what RE2 does not have */
  compile(pattern: string): RE2JS {
    if (pattern.length > LONGEST_PATTERN)
      throw new ConditionFailure(
        `matches() was given a regular expression of more than ${LONGEST_PATTERN} characters`,
      );
    const made = this.#made.get(pattern) ?? compiled(pattern);
    if (this.#made.has(pattern)) this.#made.set(pattern, made);
    if (made instanceof Error) throw made;
    return made;
  }
}

/** What cannot be made takes as long, so that is remembered, too. */
function compiled(pattern: string): RE2JS | Error {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
