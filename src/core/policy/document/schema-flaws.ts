import type { core } from 'zod/mini';
import { suggest } from '../../text/did-you-mean.js';
import { toMilliseconds } from '../../text/duration.js';
import { describeValue, kindName, kindOf, nameOf, type Path, valueAtPath } from './describe-value.js';
import type { Flaw } from './diagnostic.js';
import { shortForm } from './hints/short-form.js';
import { type UnknownKey, unknownKey } from './hints/unknown-key.js';
import { OTHER_WORDS } from './keywords.js';

type Issue = core.$ZodIssue;

/** As the schema says it of a test. */
const ONE_SUBJECT = 'a test calls one thing';

const IMPORT = '`policy-wrap import` converts policies of other products';

/** More in one place are not reported: nobody reads them, and each is compared with every word of the language. */
const MOST_FLAWS = 200;

/** What the schema found wrong, in one sentence each with what to do about it. */
export function schemaFlaws(issues: readonly Issue[], document: unknown): Flaw[] {
  const flaws = issues.slice(0, MOST_FLAWS).flatMap((issue) => flawsOf(issue, [], document));
  return flaws.filter((flaw) => !isConsequence(flaw, flaws));
}

/** A key that is missing because it is misspelt is one mistake. */
function isConsequence({ path, message }: Flaw, flaws: readonly UnknownKey[]): boolean {
  const at = path.join('\0');
  const meantIn = (owner: Path) =>
    flaws.flatMap((other) =>
      other.meant && other.path.slice(0, -1).join('\0') === owner.join('\0') ? other.meant : [],
    );
  if (message === ONE_SUBJECT) return meantIn(path).some((key) => SUBJECTS.has(key));
  return (
    message.endsWith(' is missing') &&
    meantIn(path.slice(0, -1)).some((key) => at.endsWith(key) && path.at(-1) === key)
  );
}

/** What a test may call. */
const SUBJECTS: ReadonlySet<string> = new Set(['call', 'resource', 'prompt', 'method']);

function flawsOf(issue: Issue, base: Path, document: unknown): Flaw[] {
  const path: Path = [...base, ...(issue.path as Path)];
  const value = valueAtPath(document, path);
  switch (issue.code) {
    case 'invalid_union':
      return unionFlaws(issue, path, document);
    case 'unrecognized_keys':
      return issue.keys.slice(0, MOST_FLAWS).map((key) => unknownKey([...path, key], document));
    case 'invalid_value':
      return [invalidValue(path, value, issue.values.map(String))];
    case 'invalid_type':
      return [wrongType(path, value, issue.expected)];
    case 'too_small':
    case 'too_big':
      return [outOfRange(path, issue)];
    case 'invalid_format':
      return [badText(path, value)];
    case 'invalid_key':
      return [{ path, message: 'a name is empty', help: 'write the name, or a glob such as "*"' }];
    case 'custom':
      return [{ path, part: 'value', message: issue.message, help: String(issue.params?.['help']) }];
    default:
      return [{ path, message: `'${nameOf(path)}' is not valid`, help: 'see `policy-wrap schema`' }];
  }
}

/**
 * Of the alternatives of a union only the one is reported that the value was meant to be: the one whose kind
 * (string, map, list) it has.
 */
function unionFlaws(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path, document: unknown): Flaw[] {
  const branches = issue.errors as readonly (readonly Issue[])[];
  const value = valueAtPath(document, path);
  const meant = branches.find((errors) => !errors.some((error) => isKindMismatch(error, value)));
  if (meant) return meant.slice(0, MOST_FLAWS).flatMap((error) => flawsOf(error, path, document));
  const wanted = [...new Set(kindsOf(issue))].join(' or ');
  return value === undefined
    ? [{ path, message: `'${nameOf(path)}' is missing`, help: `add it as ${wanted}` }]
    : [
        {
          path,
          part: 'value',
          message: `'${nameOf(path)}' cannot be ${kindOf(value)}`,
          help: shortForm(path, value) ?? `write ${wanted}`,
        },
      ];
}

/** What may be written there, in words. */
function kindsOf(issue: Issue): string[] {
  switch (issue.code) {
    case 'invalid_union':
      return (issue.errors as readonly (readonly Issue[])[]).flat().flatMap(kindsOf);
    case 'invalid_type':
      return [kindName(issue.expected)];
    case 'invalid_value':
      return [issue.values.every((word) => typeof word === 'string') ? 'a word' : issue.values.join(' or ')];
    default:
      return [];
  }
}

function isKindMismatch(error: Issue, value: unknown): boolean {
  if (error.path.length > 0) return false;
  if (error.code === 'invalid_union') {
    const branches = error.errors as readonly (readonly Issue[])[];
    return branches.every((errors) => errors.some((each) => isKindMismatch(each, value)));
  }
  return error.code === 'invalid_type' || (error.code === 'invalid_value' && typeof value !== 'string');
}

function invalidValue(path: Path, value: unknown, allowed: readonly string[]): Flaw {
  if (value === undefined)
    return { path, message: `'${nameOf(path)}' is missing`, help: `add \`${nameOf(path)}: ${allowed[0]}\`` };
  if (nameOf(path) === 'version' && value === '1') return inQuotes(path, value);
  if (nameOf(path) === 'version')
    return {
      path,
      part: 'value',
      message: `version ${describeValue(value)} of the policy language is not known`,
      help: `write \`version: 1\`; ${IMPORT}`,
    };
  const what = ACTION_WORDS.has(allowed[0] ?? '') ? 'action' : nameOf(path);
  const close =
    typeof value === 'string' ? (otherWord(value, allowed) ?? suggest(value, allowed)) : undefined;
  const help =
    nameOf(path) === 'per'
      ? perHelp(value, allowed)
      : (shortForm(path, value) ??
        (close
          ? `did you mean '${close}'?`
          : `write ${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}`));
  return { path, part: 'value', message: `unknown ${what} '${describeValue(value)}'`, help };
}

/** `per: minute` says the time in which calls are counted, and not who shares the counter. */
function perHelp(value: unknown, allowed: readonly string[]): string {
  const known = `this version only knows ${allowed.join(', ')}`;
  const isTime = typeof value === 'string' && /^(?:second|minute|hour|day)s?$/.test(value);
  return isTime ? `${known}; the time is \`window: 1${value.charAt(0)}\`` : known;
}

function wrongType(path: Path, value: unknown, expected: string): Flaw {
  if (value === undefined)
    return { path, message: `'${nameOf(path)}' is missing`, help: `add it as ${kindName(expected)}` };
  if (isQuoted(value, expected)) return inQuotes(path, value);
  return {
    path,
    part: 'value',
    message: `'${nameOf(path)}' is ${kindOf(value)}, not ${kindName(expected)}`,
    help: shortForm(path, value) ?? helpForType(path, value, expected),
  };
}

/** YAML makes numbers, true, false and null of words without quotes. */
function helpForType(path: Path, value: unknown, expected: string): string {
  const isText = expected === 'string';
  if (value === null)
    return isText ? 'write what is meant, in quotes where it is the word null' : 'write what is meant';
  return isText && typeof value !== 'object'
    ? `put it in quotes: \`${nameOf(path)}: '${value}'\``
    : `write ${kindName(expected)}`;
}

/** Whether a string would be what is expected, but for its quotes. */
function isQuoted(value: unknown, expected: string): value is string {
  if (typeof value !== 'string') return false;
  if (expected === 'number' || expected === 'int') return /^\d+(?:\.\d+)?$/.test(value);
  return expected === 'boolean' && /^(?:true|false)$/.test(value);
}

function inQuotes(path: Path, value: string): Flaw {
  const message = `'${nameOf(path)}' is ${value} in quotes, which is a string`;
  const help = `write it without quotes: \`${nameOf(path)}: ${value}\``;
  return { path, part: 'value', message, help: nameOf(path) === 'version' ? `${help}; ${IMPORT}` : help };
}

function outOfRange(path: Path, issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Flaw {
  const small = issue.code === 'too_small';
  const bound = small ? issue.minimum : issue.maximum;
  if (issue.origin === 'string' || issue.origin === 'array')
    return {
      path,
      part: 'value',
      message: `'${nameOf(path)}' is empty`,
      help: 'write what is meant',
    };
  const wanted = `${small ? (issue.inclusive ? 'at least' : 'more than') : 'at most'} ${String(bound)}`;
  return { path, part: 'value', message: `'${nameOf(path)}' is out of range`, help: `it must be ${wanted}` };
}

function badText(path: Path, value: unknown): Flaw {
  if (path.includes('expect')) {
    return {
      path,
      part: 'value',
      message: `unknown expectation '${describeValue(value)}'`,
      help: 'write allow, deny, require_approval, hide or limited, followed by ` x10` for ten times',
    };
  }
  if (isQuoted(value, 'number')) return inQuotes(path, value);
  if (typeof value === 'string' && toMilliseconds(value) === 0)
    return {
      path,
      part: 'value',
      message: `'${nameOf(path)}' is out of range`,
      help: 'it must be more than 0',
    };
  return {
    path,
    part: 'value',
    message: `'${describeValue(value)}' is not a duration`,
    help: shortForm(path, value) ?? 'write seconds, or a number followed by s, m, h or d, such as 30s or 5m',
  };
}

function otherWord(word: string, allowed: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const meant = Object.hasOwn(OTHER_WORDS, lower) ? OTHER_WORDS[lower] : undefined;
  return meant !== undefined && allowed.includes(meant) ? meant : undefined;
}

const ACTION_WORDS = new Set(['hide']);
