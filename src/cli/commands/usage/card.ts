import { DOCS_ADDRESS } from '../../../core/version.js';
import { asTyped } from '../../../platform/outer-npx.js';
import { bold, dim } from '../../terminal/paint.js';
import { wrapped } from '../../terminal/text-width.js';
import type { CommandDefinition } from '../definition.js';

/** What to do first, in the order of a first day. */
const FIRST = [
  ['demo', 'see it at work: a client, a policy and an example server'],
  ['inspect -- npx -y some-mcp-server', 'see what the tools of a server can do'],
  ['install', 'put it in front of the servers of your MCP clients'],
] as const;
/** Columns. */
const USUAL_WIDTH = 80;

/** What is shown where no command was given: what this is, what to do first, and where to read on. */
export function card({ summary }: CommandDefinition, width = process.stdout.columns || USUAL_WIDTH): string {
  const start = asTyped('policy-wrap demo').slice(0, -'demo'.length);
  const steps = FIRST.flatMap(([words, text]) => [
    `  ${bold(start + words)}`,
    ...wrapped(text, width - 6).map((line) => `      ${dim(line)}`),
  ]);
  const more = [`All commands: ${start}--help`, `The manual: ${DOCS_ADDRESS}`];
  return [...wrapped(summary, width), '', ...steps, '', ...more, ''].join('\n');
}
