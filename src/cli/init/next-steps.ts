import path from 'node:path';
import { draftTools } from '../../core/authoring/draft/draft-tools.js';
import { redact } from '../../core/secrets/redact.js';
import { counted } from '../../core/text/plural.js';
import { quote } from '../../core/text/quote.js';
import { visible } from '../../core/text/visible.js';
import type { ToolDefinition } from '../../core/tools/definition.js';
import { displayPath } from '../../platform/display-path.js';
import { asTyped } from '../../platform/outer-npx.js';
import type { ServerState } from '../install/server-state.js';
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
export async function nextSteps(
  { file, where }: Destination,
  command: readonly string[],
  server?: string,
): Promise<void> {
  const name = visible(displayPath(file));
  const words = where === 'project' ? '' : ` ${shellWord(name)}`;
  // Clients find the user's own file wherever they start servers.
  const named = where === 'user' ? '' : ` --config ${shellWord(name)}`;
  const config = where === 'named' ? ['--config', file] : [];
  // Logs of CI keep what is printed.
  const id = server === undefined ? [] : ['--server', server];
  const client = ['-y', 'policy-wrap', ...config, ...id, '--', ...(redact([...command]) as string[])];
  const steps: Step[] = [
    [asTyped(`policy-wrap check${words}`), 'whether it can be used'],
    [asTyped(`policy-wrap test${words}`), 'runs its tests'],
    ...((await isInForce(file)) ? await stepsAfterInstall() : [installStep(named)]),
  ];
  const width = Math.max(...steps.map(([step, meaning]) => (meaning === '' ? 0 : step.length)));
  const lines = steps.map(([step, meaning]) => `  ${step.padEnd(width)}  ${meaning}`.trimEnd());
  const byHand = `  or by hand: "command": "npx", "args": ${safeJson(client)}`;
  process.stderr.write(`\nNext:\n${[...lines, ...(command.length > 0 ? [byHand] : [])].join('\n')}\n`);
}

type Step = [command: string, meaning: string];

function installStep(named: string): Step {
  return [
    asTyped(`policy-wrap install${named}`),
    'puts policy-wrap in front of the servers of your MCP clients',
  ];
}

/** Whether the policy judges every server of the clients already: then there is nothing to install. */
async function isInForce(file: string): Promise<boolean> {
  const { currentServers } = await import('../install/install.js');
  // What install leaves alone is not open.
  const servers = (await currentServers()).filter(
    ({ disabled, state, left }) =>
      !disabled && state !== 'unknown' && (state === 'wrapped' || left === undefined),
  );
  return servers.length > 0 && servers.every((server) => judges(file, server));
}

function judges(file: string, { state, policy }: ServerState): boolean {
  if (state !== 'wrapped' || policy === undefined || 'problem' in policy) return false;
  return policy.layers.some((layer) => layer.file === path.resolve(file));
}

/** What `status` says is next, as far as it is more than what is said already. */
async function stepsAfterInstall(): Promise<Step[]> {
  const { currentServers, outlookOf } = await import('../install/install.js');
  const { next } = await outlookOf(await currentServers());
  const isCheck = next?.startsWith('policy-wrap check') === true;
  return [
    [asTyped('policy-wrap status'), 'which policy judges each server of your MCP clients'],
    ...(next === undefined || isCheck ? [] : ([[asTyped(next), '']] as Step[])),
  ];
}

function shellWord(text: string): string {
  return /^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
