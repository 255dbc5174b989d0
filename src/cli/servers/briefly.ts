import { redactSecrets } from '../../core/secrets/text/redact-secrets.js';
import { visible } from '../../core/text/visible.js';
import type { UserError } from '../../platform/user-error.js';
import { lastLines, ServerToolsError } from '../../servers/server-tools.js';
import { shortened } from '../terminal/text-width.js';

/** What programs write around the sentence that says what is wrong: places in their source, their version, brackets. */
const AROUND =
  /^(?:at |File "|Traceback |node:|Node\.js v|[\^~}\]{[()\s.]*$|(?:code|errno|syscall|path|requireStack|cause):)/;
/** `ModuleNotFoundError: No module named 'x'`, `error: …`, `npm error …`. */
const SAYS_WHY = /^(?:[\w.]*(?:Error|Exception)\b|(?:npm )?(?:error|ERR!|fatal)\b)/i;
/** A trace of a deep program is longer than what is shown elsewhere. */
const LINES_READ = 60;
const LONGEST_LINE = 200;

/** What an error says, with the one line of the server's that says most. Safe to print. */
export function briefly(error: UserError): string {
  const stderr = error instanceof ServerToolsError ? error.stderr : '';
  const lines = lastLines(redactSecrets(stderr), LINES_READ)
    .map((line) => visible(line.trim()))
    .filter((line) => !AROUND.test(line));
  const said = lines.findLast((line) => SAYS_WHY.test(line)) ?? lines.at(-1);
  return visible(error.message) + (said === undefined ? '' : `: ${shortened(said, LONGEST_LINE)}`);
}
