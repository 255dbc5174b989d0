import { argumentPath, pathText } from '../../../policy/conditions/argument-path.js';
import { type Expr, type Mistake, subexpressions } from '../../../policy/conditions/syntax.js';
import { VARIABLE_TYPES } from '../../../policy/conditions/types.js';
import type { Severity } from '../../../policy/document/diagnostic.js';
import { beyondTheClock } from './clock-ranges.js';

/** What is hardly meant as it is written, though it can be. */
export interface DoubtfulPart extends Mistake {
  severity: Severity;
  /** Whether the types of the arguments say if it is right. */
  byType?: boolean;
}

/** Parts of an expression that do something else than people who know other languages take them for. */
export function doubtfulParts(expression: Expr): DoubtfulPart[] {
  const found = [doubtfulMember(expression), doubtfulCall(expression)].flatMap((doubt) => doubt ?? []);
  return [...found, ...subexpressions(expression).flatMap(doubtfulParts)];
}

/** `.length` of an argument, or of an element of one. The arguments themselves may have a member of this name. */
function doubtfulMember(part: Expr): DoubtfulPart | undefined {
  const { exprKind: kind } = part;
  if (kind.case !== 'selectExpr' || kind.value.testOnly || kind.value.field !== 'length') return undefined;
  const owner = kind.value.operand;
  const root = owner && rootOf(owner);
  if (owner === undefined || root === undefined) return undefined;
  const isArgument =
    root === 'args' ? owner.exprKind.case !== 'identExpr' : !Object.hasOwn(VARIABLE_TYPES, root);
  if (!isArgument) return undefined;
  const text = owner.exprKind.case === 'identExpr' ? root : (writtenPath(owner) ?? 'x');
  return {
    severity: 'warning',
    flaw: "strings and lists have no '.length', so this fails unless it is a map with such a member,",
    help: `write size(${text}), or ${text}["length"] for a member of a map`,
    part,
    byType: true,
  };
}

/** The variable with which a chain of members begins. */
function rootOf({ exprKind: kind }: Expr): string | undefined {
  if (kind.case === 'identExpr') return kind.value.name.replace(/^\./, '');
  if (kind.case === 'selectExpr') return kind.value.operand && rootOf(kind.value.operand);
  const [owner] = kind.case === 'callExpr' && kind.value.function === '_[_]' ? kind.value.args : [];
  return owner && rootOf(owner);
}

function writtenPath(expression: Expr): string | undefined {
  const path = argumentPath(expression, new Map());
  return path?.every((step) => typeof step === 'string') ? pathText(path) : undefined;
}

function doubtfulCall({ exprKind: kind }: Expr): DoubtfulPart | undefined {
  if (kind.case !== 'callExpr') return undefined;
  const { function: name, args } = kind.value;
  const [first, last] = [args[0], args.at(-1)];
  const text = last && textOf(last);
  if (name === 'within' && text !== undefined) return doubtfulFolder(text, last);
  if (name === 'within' && first && last) return turnedFolder(first, last);
  if (name === 'matches' && text !== undefined) return slashes(text, last);
  const never = beyondTheClock(name, args);
  if (never) return { severity: 'warning', ...never };
  const turned = name === 'glob' && first && last && text === undefined ? textOf(first) : undefined;
  if (turned === undefined || !/[*?]/.test(turned)) return undefined;
  const other = (last && writtenPath(last)) ?? 'text';
  return {
    severity: 'warning',
    flaw: 'glob() is given the pattern first',
    help: `the text comes first: glob(${other}, ${JSON.stringify(turned)})`,
    part: first,
  };
}

/** A path that is in what an argument says is one above it, so that `/` is allowed where a folder was meant. */
function turnedFolder(first: Expr, last: Expr): DoubtfulPart | undefined {
  const folder = textOf(first);
  const path = writtenPath(last);
  if (folder === undefined || path === undefined) return undefined;
  return {
    severity: 'warning',
    flaw: 'within() is given the folder first, so it is true of all folders above it,',
    help: `the path comes first: within(${path}, ${JSON.stringify(folder)})`,
    part: first,
  };
}

/** Names of variables of the environment, as shells write them. */
const HOME = /^(?:\$HOME|\$\{HOME\}|\$env:USERPROFILE|%USERPROFILE%|%HOME%)(?=[\\/]|$)/i;
const VARIABLE = /(?:^|[\\/])\$\w|\$\{|%\w+%/;

function doubtfulFolder(folder: string, part: Expr | undefined): DoubtfulPart | undefined {
  const warning = (flaw: string, help: string): DoubtfulPart => ({ severity: 'warning', flaw, help, part });
  const written = JSON.stringify(folder);
  if (VARIABLE.test(folder)) {
    const home = HOME.test(folder) ? folder.replace(HOME, '~').replaceAll('\\', '/') : undefined;
    return warning(
      `${written} is taken as it is written, without the values of variables,`,
      home
        ? `write ${JSON.stringify(home)}`
        : 'write the path itself; only ~/ stands for something else, the home folder',
    );
  }
  if (/^file:/i.test(folder))
    return warning(
      'within() takes paths, not URLs',
      `write ${JSON.stringify(folder.replace(/^file:\/*/i, '/'))}`,
    );
  if (/[\\/]\*+$/.test(folder))
    return warning(
      'within() takes a folder, not a pattern',
      `write ${JSON.stringify(folder.replace(/[\\/]\*+(?:[\\/]\*+)*$/, '') || '/')}: all that is below it is in it`,
    );
  if (/^(?:[\\/~]|[a-z]:)/i.test(folder)) return undefined;
  return {
    severity: 'info',
    flaw: `within() with ${written} fails for every path that is not written as relative too,`,
    help: 'write the whole path of the folder, such as /srv/data or ~/data, where the tool is given whole paths',
    part,
  };
}

/** A regular expression between slashes, as JavaScript writes it: what has to come before `^` or after `$` never does. */
function slashes(pattern: string, part: Expr | undefined): DoubtfulPart | undefined {
  const { inner = '', flags = '' } = /^\/(?<inner>.+)\/(?<flags>[gimsuy]*)$/.exec(pattern)?.groups ?? {};
  const isDead = /^\^/.test(inner) || /(?<!\\)\$$/.test(inner);
  if (!isDead && !(flags !== '' && /[\\^$*+?|()[\]{}]/.test(inner))) return undefined;
  const plain = `${flags.includes('i') ? '(?i)' : ''}${inner.replaceAll('\\/', '/')}`;
  return {
    severity: 'warning',
    flaw: 'a regular expression is written without slashes around it',
    help: `write ${JSON.stringify(plain)}`,
    part,
  };
}

function textOf({ exprKind: kind }: Expr): string | undefined {
  if (kind.case !== 'constExpr') return undefined;
  const { case: type, value } = kind.value.constantKind;
  return type === 'stringValue' ? value : undefined;
}
