/** What every sub-command takes that looks at the tools of a server. */
export interface ServerChoice {
  /** What is after `--`: the command that starts the server, and its arguments. */
  command: readonly string[];
  /** What is added to the environment of the server. */
  env?: Readonly<Record<string, string>> | undefined;
  /** Where it is started; the working directory where nothing else is said. */
  cwd?: string | undefined;
  /** The clients, by their names, in whose configs a server is looked for by its name; all where there are none. */
  client?: readonly string[] | undefined;
  /** A saved answer to tools/list, instead of a command. */
  tools?: string | undefined;
  /** The id of the server, otherwise derived from the command. */
  server?: string | undefined;
  /** Seconds that the server may take to answer. */
  timeout?: string | undefined;
}
