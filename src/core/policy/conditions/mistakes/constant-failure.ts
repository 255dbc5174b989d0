import { type CelEnv, celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import { suggest } from '../../../text/did-you-mean.js';
import { isOddPath } from '../evaluation/paths.js';
import type { Expr, Mistake } from '../syntax.js';

/** What a function is tried on, to see whether its constant argument can be used at all. */
const SOME_TIME = '2026-01-01T00:00:00Z';

const REGEXP_HELP =
  'it would fail for each call; see https://github.com/google/re2/wiki/Syntax for regular expressions';

const FOLDER_HELP =
  'write its whole path, such as /srv/data or ~/data, without %, control characters and outer spaces';

/** Why a function can only fail, by a constant: a regular expression that RE2 does not have, a time zone that there is not. */
export function constantFailure(
  name: string,
  args: readonly Expr[],
  functions: CelEnv['funcs'],
): Mistake | undefined {
  const part = args.at(-1);
  const folder = name === 'within' ? textOf(part) : undefined;
  if (folder !== undefined && isOddPath(folder))
    return { flaw: `within() fails for each call with the folder '${folder}'`, help: FOLDER_HELP, part };
  const text = args.length === 1 ? textOf(args[0]) : undefined;
  if (text === undefined) return undefined;
  if (name === 'matches') {
    const tried = functions.find(name)?.call(0, '', [text]);
    return isCelError(tried)
      ? { flaw: `RE2 has no such regular expression as '${text}'`, help: REGEXP_HELP, part }
      : undefined;
  }
  if (!/^get[A-Z]\w*$/.test(name) || functions.find(name) === undefined) return undefined;
  const tried = plan(celEnv(), parse(`timestamp('${SOME_TIME}').${name}(zone)`))({ zone: text });
  return isCelError(tried)
    ? { flaw: `there is no time zone '${text}'`, help: zoneHelp(text), part }
    : undefined;
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
