import type { ServerChoice } from '../tool-commands.js';

export interface AgainstOptions extends ServerChoice {
  config?: string;
  json?: boolean;
}

/** Compares a policy with the tools that a server really has. */
export async function checkAgainst(_file: string | undefined, _options: AgainstOptions): Promise<number> {
  throw new Error('not there yet');
}
