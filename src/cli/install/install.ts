export interface InstallOptions {
  client?: string;
  dryRun?: boolean;
  yes?: boolean;
  json?: boolean;
  using?: string;
}

/** Puts policy-wrap in front of the servers of the clients' config files. */
export async function install(_servers: readonly string[], _options: InstallOptions): Promise<number> {
  throw new Error('not there yet');
}

/** Takes it out again. */
export async function uninstall(_servers: readonly string[], _options: InstallOptions): Promise<number> {
  throw new Error('not there yet');
}
