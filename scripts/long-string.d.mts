/** The WebAssembly texts, without their ending; paths in src/core. */
export const TEXTS: readonly string[];
/** The file `*-code.ts` of such a text as it should be. */
export function compiledCode(name: string): Promise<string>;
