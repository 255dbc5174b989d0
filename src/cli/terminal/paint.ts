import picocolors from 'picocolors';
import { visible } from '../../core/text/visible.js';

/** Off wherever stdout is not a terminal, also in CI, whose variables the library takes for a wish: what is kept in files is read again. */
const pc = picocolors.createColors(isColoured(process.stdout));

/** An action (or `limited`) in the colour that people expect of it; plain where colour is off. */
export function paintAction(action: string, text = action): string {
  switch (action) {
    case 'allow':
      return pc.green(text);
    case 'deny':
    case 'hide':
      return pc.red(text);
    default:
      return pc.yellow(text);
  }
}

/** A risk in the colour that people expect of it. */
export function paintRisk(risk: string): string {
  const text = visible(risk);
  return risk === 'critical' || risk === 'high'
    ? pc.red(text)
    : risk === 'low'
      ? pc.green(text)
      : pc.yellow(text);
}

/** What a policy does, in a few words that begin with an action as people say it. */
export function paintDecision(words: string): string {
  const [first = ''] = words.split(/[ ,]/);
  return paintAction(first, words);
}

export const { bold, cyan, dim, green, red, yellow } = pc;

/** The colours of stderr, which may be a terminal where stdout is not; plain elsewhere, and with NO_COLOR. */
export function stderrColours(): ReturnType<typeof picocolors.createColors> {
  return picocolors.createColors(isColoured(process.stderr));
}

/** https://no-color.org and https://force-color.org */
function isColoured(stream: { isTTY?: boolean }): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  return FORCE_COLOR ? FORCE_COLOR !== '0' : stream.isTTY === true && TERM !== 'dumb';
}

/** A line of a diff. */
export function paintLine(kind: ' ' | '-' | '+', text: string): string {
  if (kind === ' ') return pc.dim(text);
  return kind === '+' ? pc.green(text) : pc.red(text);
}

/** Whether a server is wrapped. */
export function paintState(state: string, text: string): string {
  return state === 'wrapped' ? pc.green(text) : state === 'unknown' ? pc.dim(text) : pc.yellow(text);
}
