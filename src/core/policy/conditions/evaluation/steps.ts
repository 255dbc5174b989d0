import { ConditionFailure } from '../failures/condition-failure.js';

/**
 * The most that one evaluation of an expression may take. A step is about half a microsecond: an element of a loop, the call
 * of a function, or some characters of a text.
 */
export const MOST_STEPS = 1_000_000;

/** Ends an evaluation that takes too long. Nothing in an expression can catch it, as `||` catches other failures. */
export class TooManySteps extends ConditionFailure {
  constructor() {
    super(`it takes more than ${MOST_STEPS} steps to evaluate for this call`);
  }
}

/** What is left of the steps of the evaluation that is under way: there is never more than one at a time. */
export class Steps {
  #left = 0;
  #evaluation = 0;

  start(): void {
    this.#left = MOST_STEPS;
    this.#evaluation++;
  }

  /** Tells one evaluation from the next. */
  get evaluation(): number {
    return this.#evaluation;
  }

  /** @throws {TooManySteps} */
  take(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooManySteps();
  }
}
