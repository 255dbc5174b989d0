import type { ServerChoice } from '../tool-commands.js';

export interface InspectOptions extends ServerChoice {
  config?: string;
  json?: boolean;
  markdown?: boolean;
  html?: boolean;
}

/** Shows the tools of a server, or one of them. */
export async function inspect(_tool: string | undefined, _options: InspectOptions): Promise<number> {
  throw new Error('not there yet');
}
