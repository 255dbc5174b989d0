/** What an exit code means. `run` passes the server's own code through instead. */
export const EXIT = {
  fine: 0,
  /** It could not be done. */
  failed: 1,
  /** It was done, and the answer is no. */
  no: 2,
  /** The policy is invalid. */
  invalidPolicy: 3,
} as const;

/**
 * What the person at the keyboard can do something about: one sentence that says what is wrong, and what to do about it.
 * Anything else that is thrown is a mistake of ours. Local: it never crosses the wire.
 */
export class UserError extends Error {
  /** @param exitCode what the program ends with, where nobody handles the error */
  constructor(
    message: string,
    readonly help?: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
  }

  /** What another program said about it, line by line. Safe to print. */
  get details(): readonly string[] {
    return [];
  }
}
