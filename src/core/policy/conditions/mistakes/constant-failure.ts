import { celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import { suggest } from '../../../text/did-you-mean.js';
import { isOddPath } from '../evaluation/paths.js';
import { LONGEST_PATTERN } from '../evaluation/regular-expressions.js';
import { timestampOf } from '../evaluation/times/time-texts.js';
import { CLOCK_FIELDS, wallClock } from '../evaluation/times/wall-clock.js';
import type { Expr, Mistake } from '../syntax.js';

/** How a function is tried with a constant, what is said of one that it cannot use, and what to do. */
interface Trial {
  /** Throws, or gives an error, for a text that can only fail. */
  run(text: string): unknown;
  flaw(text: string): string;
  help(text: string): string;
}

const ZONE: Trial = {
  run: (text) => wallClock(0, text),
  flaw: (text) => `there is no time zone '${text}'`,
  help: zoneHelp,
};
const TRIALS = new Map<string, Trial>([
  [
    'matches',
    {
      run: (text) => standard('"".matches(text)', text),
      flaw: (text) => `RE2 has no such regular expression as '${text}'`,
      help: () =>
        'it would fail for each call; see https://github.com/google/re2/wiki/Syntax for regular expressions',
    },
  ],
  [
    'timestamp',
    {
      run: timestampOf,
      flaw: (text) => `'${text}' is not a time`,
      help: () => 'write it as 2027-01-01T00:00:00Z or 2027-01-01T00:00:00+01:00',
    },
  ],
  [
    'duration',
    {
      run: (text) => standard('duration(text)', text),
      flaw: (text) => `'${text}' is not a duration`,
      help: () => 'write it as 90s, 15m or 1h30m',
    },
  ],
  ...Object.keys(CLOCK_FIELDS).map((name) => [name, ZONE] as const),
]);

const FOLDER_HELP =
  'write its whole path, such as /srv/data or ~/data, without %, control characters and outer spaces';

/** Why a function can only fail, by a constant: a regular expression that RE2 does not have, a time or time zone that there is not. */
export function constantFailure(name: string, args: readonly Expr[]): Mistake | undefined {
  const trial = TRIALS.get(name);
  const part = args.at(-1);
  const text = textOf(part);
  if (text !== undefined && name === 'within' && isOddPath(text))
    return { flaw: `within() fails for each call with the folder '${text}'`, help: FOLDER_HELP, part };
  if (text !== undefined && name === 'matches' && text.length > LONGEST_PATTERN)
    return {
      flaw: `a regular expression has more than ${LONGEST_PATTERN} characters`,
      help: 'write it as several, such as `args.a.matches(…) || args.a.matches(…)`',
      part,
    };
  if (trial === undefined || text === undefined || args.length !== 1 || !fails(() => trial.run(text)))
    return undefined;
  return { flaw: trial.flaw(text), help: trial.help(text), part };
}

function fails(run: () => unknown): boolean {
  try {
    return isCelError(run());
  } catch {
    return true;
  }
}

/** What the standard makes of an expression about a text. */
function standard(expression: string, text: string): unknown {
  return plan(celEnv(), parse(expression))({ text });
}

function zoneHelp(zone: string): string {
  const close = suggest(zone, Intl.supportedValuesOf('timeZone'));
  return close
    ? `did you mean '${close}'?`
    : 'write its name in the IANA database, such as Europe/Berlin, or +01:00';
}

function textOf(expression: Expr | undefined): string | undefined {
  if (expression?.exprKind.case !== 'constExpr') return undefined;
  const { case: type, value } = expression.exprKind.value.constantKind;
  return type === 'stringValue' ? value : undefined;
}
