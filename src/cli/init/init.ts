import type { ServerChoice } from '../tool-commands.js';

export interface InitOptions extends ServerChoice {
  config?: string;
  yes?: boolean;
  update?: boolean;
}

/** Writes a policy for the tools of a server. */
export async function init(_options: InitOptions): Promise<number> {
  throw new Error('not there yet');
}
