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

/** A mistake of the person at the keyboard: one sentence, and what to do about it. */
export class UsageError extends Error {
  readonly code = 'USAGE';

  constructor(
    message: string,
    readonly help?: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
  }
}
