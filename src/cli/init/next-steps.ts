import { draftTools } from '../../core/authoring/draft/draft-tools.js';
import { redact } from '../../core/secrets/redact.js';
import { counted } from '../../core/text/plural.js';
import { quote } from '../../core/text/quote.js';
import { visible } from '../../core/text/visible.js';
import type { ToolDefinition } from '../../core/tools/definition.js';
import { displayPath } from '../../platform/display-path.js';
import { asTyped } from '../../platform/outer-npx.js';
import { safeJson } from '../terminal/json-text.js';
import type { Destination } from './destination.js';

/** `14 tools (10 read, 3 write, 1 destructive)`. */
export function toolsSummary(definitions: readonly ToolDefinition[]): string {
  const { groups, unnamable } = draftTools(definitions);
  const parts = groups.map(({ category, tools }) => `${tools.length} ${category}`);
  if (unnamable.length > 0) parts.push(`${unnamable.length} that no entry can name`);
  const count = definitions.length === 1 ? '1 tool' : `${definitions.length} tools`;
  return parts.length === 0 ? count : `${count} (${parts.join(', ')})`;
}

/** One sentence on all servers of the clients: how many the policy names now, and which could not be read. */
export function foundSummary(file: string, count: number, failed: readonly string[]): string {
  const read = count - failed.length;
  const done = `${read} of ${counted(count, 'server')} ${read === 1 ? 'is' : 'are'} in ${displayPath(file)}`;
  if (failed.length === 0) return done;
  const why = asTyped(`policy-wrap doctor ${shellWord(failed[0] ?? '')}`);
  return `${read === 0 ? 'no server could be read' : done}; left out: ${failed.map(quote).join(', ')}; to see why: ${visible(why)}`;
}

/**
 * What to do with the policy that was written.
 * @param server the id of the server where it was said: without it, the section that was written would apply to nothing
 */
export function nextSteps({ file, where }: Destination, command: readonly string[], server?: string): void {
  const name = visible(displayPath(file));
  const words = where === 'project' ? '' : ` ${shellWord(name)}`;
  // Clients find the user's own file wherever they start servers.
  const named = where === 'user' ? '' : ` --config ${shellWord(name)}`;
  const config = where === 'named' ? ['--config', file] : [];
  // Logs of CI keep what is printed.
  const id = server === undefined ? [] : ['--server', server];
  const client = ['-y', 'policy-wrap', ...config, ...id, '--', ...(redact([...command]) as string[])];
  const steps: [string, string][] = [
    [asTyped(`policy-wrap check${words}`), 'whether it can be used'],
    [asTyped(`policy-wrap test${words}`), 'runs its tests'],
    [asTyped(`policy-wrap install${named}`), 'puts policy-wrap in front of the servers of your MCP clients'],
  ];
  const width = Math.max(...steps.map(([step]) => step.length));
  const lines = steps.map(([step, meaning]) => `  ${step.padEnd(width)}  ${meaning}`);
  const byHand = `  or by hand: "command": "npx", "args": ${safeJson(client)}`;
  process.stderr.write(`\nNext:\n${[...lines, ...(command.length > 0 ? [byHand] : [])].join('\n')}\n`);
}

function shellWord(text: string): string {
  return /^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
