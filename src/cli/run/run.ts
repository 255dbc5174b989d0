import path from 'node:path';
import { isatty } from 'node:tty';
import { findPolicyFiles, type LoadedPolicy, loadPolicy } from '../../config/load.js';
import { visible } from '../../core/text/visible.js';
import { serverIdentity } from '../../core/tools/server-id.js';
import { asTyped } from '../../platform/outer-npx.js';
import { UserError } from '../../platform/user-error.js';
import { userFolders } from '../../platform/user-folders.js';
import { relay } from '../../proxy/relay.js';
import { ServerEnding } from '../../proxy/streams/server-ending.js';
import { type ServerExit, startServer } from '../../proxy/streams/server-process.js';
import { StderrNotes } from '../../proxy/streams/stderr-notes.js';
import { readRunCommand } from './run-options.js';

const STDIN = 0;
const AT_TERMINAL = `this waits for an MCP client to speak on stdin, and stdin is a terminal; Ctrl+C ends it
  help: to look at the server, use: policy-wrap inspect -- <command>; to have your clients start it so: policy-wrap install`;

/** Puts the policy in front of the server until one side ends. Returns the exit code of the server. */
export async function run(argv: readonly string[]): Promise<number> {
  let opened: StderrNotes | undefined;
  // Most runs write nothing, and to open the stream takes a millisecond.
  const notes = () => (opened ??= new StderrNotes(process.stderr));
  const tell = (note: string) => notes().tell(asTyped(note));
  const { options, command, args } = readRunCommand(argv);
  const ending = new ServerEnding();
  const begin = () => {
    ending.catchSignals();
    const started = startServer(command, args);
    ending.watch(started);
    if (started.stderr) notes().pass(started.stderr);
    return started;
  };
  const { config, preset, mode, via } = options;
  const where = {
    ...{ config, preset, mode, via, cwd: process.cwd(), cache: userFolders().cache },
    // Agents, pages, logs and other shells are somewhere else.
    shownFrom: path.parse(process.cwd()).root,
  };
  const found = await findPolicyFiles(where);
  // Nothing can be wrong with a preset alone, so the server starts while all else is loaded.
  const early = found.length === 0 && via === undefined ? begin() : undefined;
  const identity = serverIdentity(command, args);
  const server = options.server ?? identity.id;
  const choice = { ...where, server };
  const loaded = await loadPolicy({ ...choice, found });
  const child = early ?? begin();
  const unsure = options.server === undefined && !identity.certain;
  const lines = options.quiet
    ? loaded.overruled
    : [
        startLine(server, loaded),
        ...loaded.overruled,
        ...(unsure ? [unsureLine(server)] : []),
        ...(isatty(STDIN) ? [AT_TERMINAL] : []),
      ];
  void child.started.then(() => {
    for (const line of lines) tell(line);
  });
  const onSwap = ({ layers }: LoadedPolicy['policy']) =>
    tell(`the changed policy is in force: ${sourcesOf(layers)}`);
  const exit = await relay({
    server,
    loaded,
    reload: () => loadPolicy({ ...choice, found: loaded.found }),
    child,
    ending,
    tell,
    onSwap,
  });
  await opened?.flush();
  return codeOf(exit, command);
}

function codeOf({ code, startError }: ServerExit, command: string): number {
  if (startError === undefined) return code;
  const found = startError.code !== 'ENOENT';
  throw new UserError(
    found
      ? `the command '${command}' cannot be started: ${startError.code ?? startError.message}`
      : `the command '${command}' was not found`,
    found
      ? 'check that the file is executable'
      : 'check its spelling and that it is on the PATH of the client that starts policy-wrap',
    code,
  );
}

function startLine(server: string, { policy, builtIn }: LoadedPolicy): string {
  const place = builtIn ? 'built-in preset standard (no policy file was found)' : sourcesOf(policy.layers);
  return `policy for ${visible(server)}: ${place}`;
}

/** Strangers that are started alike would share a section of the policy, limits and a lock. */
function unsureLine(server: string): string {
  return `which server it is cannot be told from the command, so policies know it as '${visible(server)}', as all that are started so; name it in the args of its entry, before the "--": "--server", "<name>"`;
}

function sourcesOf(layers: LoadedPolicy['policy']['layers']): string {
  return layers.map(({ source, mode }) => `${visible(source)} (${mode})`).join(' and ');
}
