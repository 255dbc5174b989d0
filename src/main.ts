import { run } from './cli/run/run.js';
import { isRun } from './cli/run/run-options.js';
import { showError } from './cli/terminal/output.js';
import { compileCacheFolder } from './platform/files/compile-cache.js';
import { environmentOfNpx, isRunByNpx, leaveNpx } from './platform/outer-npx.js';
import { EXIT } from './platform/user-error.js';
import { userFolders } from './platform/user-folders.js';

/** Running a server must start fast, so everything else is loaded only when it is asked for. */
async function main(argv: readonly string[]): Promise<void> {
  if (isRunByNpx(process.env)) leaveNpx(process.env, environmentOfNpx(process.env));
  keepCompiledCode();
  if (isRun(argv)) process.exit(await run(argv));
  // A reader that has seen enough (`| head`) is not an error.
  process.stdout.on('error', () => process.exit());
  const { runCommand } = await import('./cli/program.js');
  // Not process.exit, which may cut off what a slow reader has not read.
  process.exitCode = await runCommand(argv);
}

/** Node 22 and later can keep compiled code between starts; in a folder for this user alone, since what is kept there is run. */
function keepCompiledCode(): void {
  const nodeModule = process.getBuiltinModule?.('node:module') as
    | { enableCompileCache?(folder: string): void }
    | undefined;
  if (nodeModule?.enableCompileCache === undefined) return;
  const folder = compileCacheFolder(userFolders().cache);
  if (folder !== undefined) nodeModule.enableCompileCache(folder);
}

/**
 * The way in.
 * @param explain says what an error is about, where it is about the installation, and returns whether it is
 */
export function start(explain: (error: unknown) => boolean): void {
  main(process.argv.slice(2)).catch(async (error: unknown) =>
    process.exit(explain(error) ? EXIT.failed : await showError(error)),
  );
}
