import { UserError } from '../../../platform/user-error.js';
import type { Annotation } from './annotation.js';

/** How findings are printed for programs, beside what people read on stderr. */
export const REPORTERS = ['text', 'github', 'sarif'] as const;
export type Reporter = (typeof REPORTERS)[number];

export interface ReporterOptions {
  json?: boolean;
  reporter?: Reporter;
}

/**
 * Writes findings to stdout in the form that was asked for; nothing for `text`.
 * @throws {UserError} where two forms were asked for
 */
export async function printAnnotations(
  annotations: readonly Annotation[],
  options: ReporterOptions,
): Promise<void> {
  const { json, reporter = 'text' } = options;
  if (reporter === 'text') return;
  if (json) throw new UserError('--json cannot be combined with --reporter', 'leave out one of the two');
  if (reporter === 'github') {
    const { githubAnnotations } = await import('./github.js');
    process.stdout.write(githubAnnotations(annotations));
  } else {
    const { sarif } = await import('./sarif.js');
    process.stdout.write(sarif(annotations));
  }
}

/**
 * Does something, and says to programs too why it cannot be done: a run of CI shows what is on stdout in the form it reads.
 * @throws {UserError} the same
 */
export async function annotatingErrors<Result>(
  options: ReporterOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, help } = error;
    await printAnnotations(
      [{ kind: 'cannot-be-done', severity: 'error', message, help, place: undefined }],
      options,
    );
    throw error;
  }
}
