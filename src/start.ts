import { run } from './cli/run/run.js';
import { isRun } from './cli/run/run-options.js';
import { environmentOfNpx, isRunByNpx, leaveNpx } from './platform/outer-npx.js';
import { EXIT } from './platform/user-error.js';

/** Running a server must start fast, so everything else is loaded only when it is asked for. */
async function main(argv: readonly string[]): Promise<void> {
  if (isRunByNpx(process.env)) leaveNpx(process.env, environmentOfNpx(process.env));
  if (isRun(argv)) process.exit(await run(argv));
  // A reader that has seen enough (`| head`) is not an error.
  process.stdout.on('error', () => process.exit());
  const { runCommand } = await import('./cli/program.js');
  // Not process.exit, which may cut off what a slow reader has not read.
  process.exitCode = await runCommand(argv);
}

/**
 * Carries out what the command line says.
 * @param explain says what an error is about, where it is about the installation, and returns whether it is
 */
export function startProgram(explain: (error: unknown) => boolean): void {
  main(process.argv.slice(2)).catch(async (error: unknown) =>
    process.exit(explain(error) ? EXIT.failed : await shown(error)),
  );
}

async function shown(error: unknown): Promise<number> {
  const { showError } = await import('./cli/terminal/output.js');
  return showError(error);
}
