import { fileSink } from '../audit/file/file-sink.js';
import { AuditTrail } from '../audit/trail.js';
import { LivePolicy } from '../config/live-policy.js';
import type { LoadedPolicy } from '../config/load.js';
import { openStore } from '../limits/open-store.js';
import { prepareForCalls } from './prepare-for-calls.js';
import { Session } from './session.js';
import type { ServerEnding } from './streams/server-ending.js';
import type { ServerExit, ServerProcess } from './streams/server-process.js';
import { openStdio } from './streams/stdio.js';

/** After the first answer of the server a client mostly asks for its tools. Milliseconds. */
const AFTER_ANSWER = 100;

export interface RelayOptions {
  server: string;
  loaded: LoadedPolicy;
  /** Reads the policy again, after its files have changed. */
  reload(): Promise<LoadedPolicy>;
  child: ServerProcess;
  ending: ServerEnding;
  /** Tells a person something, on stderr. */
  tell(note: string): void;
  /** A changed policy came into force. */
  onSwap(policy: LoadedPolicy['policy']): void;
}

/** Stands between our stdin and stdout and a server that was started, until one side ends. */
export async function relay({
  server,
  loaded,
  reload,
  child,
  ending,
  tell,
  onSwap,
}: RelayOptions): Promise<ServerExit> {
  const livePolicy = new LivePolicy(
    loaded,
    reload,
    (before, after) => {
      session.policySwapped(before, after);
      onSwap(after);
    },
    (error) => tell(`the changed policy cannot be used, so the old one stays in force\n${error.message}`),
  );
  const settings = () => livePolicy.policy.audit;
  const log = fileSink(() => settings().file, { server, tell });
  const trail = new AuditTrail({ server, settings, tell }, [log]);
  const session = new Session({
    server,
    stdio: openStdio(),
    child,
    ending,
    livePolicy,
    store: openStore(),
    trail,
    tell,
  });
  // A fault of ours ends the server, and with it the session: what is open is answered, nothing is let through.
  let failed = false;
  process.on('uncaughtException', (error) => {
    if (failed) process.exit(1);
    failed = true;
    tell(`internal error, so the session ends (please report it): ${error.stack ?? error.message}`);
    child.signal('SIGKILL');
  });
  prepareForCalls(child.stdout);
  // Whatever ends this process in an orderly way, what was noted is written.
  process.once('exit', () => trail.close());
  child.stdout.onFirst(() => setTimeout(() => livePolicy.prepare(), AFTER_ANSWER).unref());
  const exit = await session.run();
  livePolicy.close();
  trail.close();
  return exit;
}
