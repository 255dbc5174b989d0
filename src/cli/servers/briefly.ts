import { redactSecrets } from '../../core/secrets/text/redact-secrets.js';
import { visible } from '../../core/text/visible.js';
import type { UserError } from '../../platform/user-error.js';
import { ServerToolsError } from '../../servers/server-tools.js';
import { tellingLine } from '../../servers/telling-lines.js';
import { shortened } from '../terminal/text-width.js';

const LONGEST_LINE = 200;

/** What an error says, with the one line of the server's that says most. Safe to print. */
export function briefly(error: UserError): string {
  const stderr = error instanceof ServerToolsError ? error.stderr : '';
  const line = tellingLine(redactSecrets(stderr));
  const said = line === undefined ? undefined : visible(line.trim());
  return visible(error.message) + (said === undefined ? '' : `: ${shortened(said, LONGEST_LINE)}`);
}
