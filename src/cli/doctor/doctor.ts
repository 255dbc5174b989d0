import type { ServerChoice } from '../tool-commands.js';

export interface DoctorOptions extends ServerChoice {
  config?: string;
  json?: boolean;
}

/** Starts a server through policy-wrap as a client would, and says what works. */
export async function doctor(_options: DoctorOptions): Promise<number> {
  throw new Error('not there yet');
}
