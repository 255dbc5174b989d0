import { visible } from '../../core/text/visible.js';
import { folded } from '../terminal/folded.js';
import { bold, dim } from '../terminal/paint.js';
import type { AppliedPolicy, ServerState } from './server-state.js';

/** Tools of a policy that are named. */
const MOST_TOOLS = 8;

/** What the policies say in short, each once, with the servers for which it says that. */
export function policyTexts(servers: readonly ServerState[]): string[] {
  const ids = new Map<string, Set<string>>();
  for (const { id = '', policy } of servers) {
    if (policy === undefined) continue;
    const texts = 'problem' in policy ? [problemText(policy.problem)] : policy.layers.map(layerText);
    for (const text of texts) ids.set(text, (ids.get(text) ?? new Set()).add(id));
  }
  return [...ids].map(
    ([text, of]) => `${text}  ${folded(`for ${[...of].map(visible).join(', ')}`, 2, dim).trimStart()}\n`,
  );
}

function problemText(problem: string): string {
  return `${bold('This policy cannot be used')}, so these servers do not start\n${folded(visible(problem), 2)}\n`;
}

function layerText({
  source,
  mode,
  tools,
  categories,
  default: otherwise,
}: AppliedPolicy['layers'][number]): string {
  // An entry that only says what its tool does leaves the decision to the categories.
  const decided = tools.filter(({ action }) => action !== '');
  const named = decided.slice(0, MOST_TOOLS).map(({ name, action }) => `${visible(name)} ${action}`);
  const more = decided.length > MOST_TOOLS ? [`${decided.length - MOST_TOOLS} more`] : [];
  const lines = [
    ...(decided.length > 0 ? [`tools: ${[...named, ...more].join(', ')}`] : []),
    ...(categories.length > 0
      ? [`categories: ${categories.map(({ name, action }) => `${name} ${action}`).join(', ')}`]
      : []),
    ...(otherwise === undefined ? [] : [`otherwise: ${otherwise}`]),
  ];
  const head = `${bold(visible(source))}${mode === 'observe' ? ', which only observes' : ''}`;
  return `${head}\n${lines.map((line) => `${folded(line, 2)}\n`).join('')}`;
}
