import {
  diagnosticLine,
  labelledLine,
  MORE_PROBLEMS,
  PolicyError,
  type SourceTexts,
} from '../../config/policy-error.js';
import type { Diagnostic } from '../../core/policy/document/diagnostic.js';
import { visible } from '../../core/text/visible.js';
import { asTyped } from '../../platform/outer-npx.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import { noteLine } from '../../proxy/streams/stderr-notes.js';

/** Writes a line for people. Stdout belongs to results, or to the protocol. */
export function printNote(line: string): void {
  process.stderr.write(noteLine(asTyped(line)));
}

/** Shows an error as a person can use it and returns the exit code. No stack traces for mistakes of users. */
export async function showError(error: unknown): Promise<number> {
  if (error instanceof PolicyError) await showPolicyError(error);
  else if (error instanceof UserError) {
    const { help } = error;
    printNote(`${sentenceOf(error)}${help === undefined ? '' : `\n  help: ${visible(help)}`}`);
  } else {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    printNote(`internal error: ${stack}\n  help: please report it`);
    return EXIT.failed;
  }
  return error.exitCode;
}

/** What an error says, with what another program said about it. Safe to print. */
export function sentenceOf({ message, details }: UserError): string {
  const said = details.length === 0 ? '' : `; it said:${details.map((line) => `\n  ${line}`).join('')}`;
  return `${visible(message)}${said}`;
}

async function showPolicyError({ diagnostics, hasMore, texts }: PolicyError): Promise<void> {
  await printDiagnostics(diagnostics, texts);
  if (hasMore) process.stderr.write(`${MORE_PROBLEMS}\n`);
  const count = diagnostics.length;
  printNote(`the policy has ${count === 1 ? 'a problem' : `${count} problems`}, so it is not used`);
}

/**
 * Writes what is wrong with a policy: at a terminal with the lines of the file, otherwise a line for each and one for its help.
 * @param texts what may be shown of the files
 * @param label whether the lines say how severe each is
 */
export async function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  texts: SourceTexts,
  label = false,
): Promise<void> {
  if (!process.stderr.isTTY) {
    const lines = diagnostics.map(label ? labelledLine : diagnosticLine);
    process.stderr.write(lines.map((line) => `${line}\n`).join(''));
    return;
  }
  const { diagnosticText } = await import('./diagnostic-text.js');
  const { columns = 80 } = process.stderr;
  const shown = diagnostics.map((each) => diagnosticText(each, texts, columns));
  process.stderr.write(shown.map((text) => `${text}\n\n`).join(''));
}
