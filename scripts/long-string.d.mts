/** The file `long-string-code.ts` as it should be. */
export function longStringCode(): Promise<string>;
