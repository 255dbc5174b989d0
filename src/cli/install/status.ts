export interface StatusOptions {
  client?: readonly string[];
  json?: boolean;
}

/** Shows every client and its servers. */
export async function status(_options: StatusOptions): Promise<number> {
  throw new Error('not there yet');
}
