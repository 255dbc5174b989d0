import { DOCS_ADDRESS } from '../../../core/version.js';
import { asTyped } from '../../../platform/outer-npx.js';
import { bold, dim } from '../../terminal/paint.js';
import { wrapped } from '../../terminal/text-width.js';
import type { CommandDefinition } from '../definition.js';
import type { FirstStep } from './first-steps.js';

/** In the same bundle, since one is never needed without the other. */
export { firstSteps, GENERAL_STEPS } from './first-steps.js';

/** Columns. */
const USUAL_WIDTH = 80;

/** What is shown where no command was given: what this is, what to do first, and where to read on. */
export function card(
  { summary }: CommandDefinition,
  first: readonly FirstStep[],
  width = process.stdout.columns || USUAL_WIDTH,
): string {
  const start = asTyped('policy-wrap demo').slice(0, -'demo'.length);
  const steps = first.flatMap(([words, text]) => [
    `  ${bold(start + words)}`,
    ...wrapped(text, width - 6).map((line) => `      ${dim(line)}`),
  ]);
  const more = [`All commands: ${start}--help`, `The manual: ${DOCS_ADDRESS}`];
  return [...wrapped(summary, width), '', ...steps, '', ...more, ''].join('\n');
}
