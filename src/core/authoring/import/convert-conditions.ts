import { describeValue } from '../../policy/document/describe-value.js';
import { type Foreign, isForeign, NotConvertible, unknownKeys } from './foreign-policy.js';

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: '==',
  neq: '!=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};
const NUMERIC = new Set(['lt', 'lte', 'gt', 'gte']);
/** What CEL keeps for itself, so that it cannot be after a dot. */
const RESERVED = new Set(
  'as break const continue else false for function if import in let loop namespace null package return true var void while'.split(
    ' ',
  ),
);

/**
 * The CEL expression that is true where a condition holds. It fails where an argument is missing or of another type, and there
 * the condition does not hold either, so it belongs on rules that refuse, after a `!`.
 * @throws {NotConvertible}
 */
export function conditionText(condition: unknown): string {
  if (!isForeign(condition)) throw new NotConvertible('a condition is a map of path, op and value');
  const odd = unknownKeys(condition, ['path', 'op', 'value']);
  if (odd.length > 0) throw new NotConvertible(`a condition has the key '${odd[0]}'`);
  const { op, value } = condition;
  const steps = stepsOf(condition);
  const path = accessText(steps);
  if (typeof op !== 'string') throw new NotConvertible('a condition has no op');
  if (op === 'exists') return existsText(steps, value);
  if (op === 'in' || op === 'not_in') {
    if (!Array.isArray(value)) throw new NotConvertible(`${op} needs a list`);
    const inside = `${path} in ${literal(value)}`;
    return op === 'in' ? inside : `!(${inside})`;
  }
  if (op === 'regex') {
    if (typeof value !== 'string') throw new NotConvertible('regex needs a string');
    return `${path}.matches(${textLiteral(value)})`;
  }
  if (op === 'contains') return containsText(path, value);
  const comparison = Object.hasOwn(COMPARISONS, op) ? COMPARISONS[op] : undefined;
  if (comparison === undefined) throw new NotConvertible(`unknown op '${op}'`);
  if (NUMERIC.has(op) && typeof value !== 'number') throw new NotConvertible(`${op} needs a number`);
  return `${path} ${comparison} ${literal(value)}`;
}

/** All of several conditions. */
export function allOf(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] ?? '') : texts.map(inBrackets).join(' && ');
}

/** That it does not hold. */
export function not(text: string): string {
  return /^!\(.*\)$/.test(text) && isOnePair(text.slice(1)) ? text.slice(2, -1) : `!(${text})`;
}

/** That an argument is there, and more holds. */
export function thereAnd({ path }: Foreign, text: string): string {
  return allOf([...thereTexts(stepsOf({ path })), text]);
}

/** The CEL expression for the value of an argument. */
export function argumentText(path: unknown): string {
  return accessText(stepsOf({ path }));
}

function stepsOf({ path }: Foreign): string[] {
  if (typeof path !== 'string' || !path.startsWith('args.'))
    throw new NotConvertible(`'${describeValue(path)}' is not a path to an argument`);
  return path.slice('args.'.length).split('.');
}

function accessText(steps: readonly string[]): string {
  return steps.reduce(
    (text, step) => `${text}${isIdentifier(step) ? `.${step}` : `[${textLiteral(step)}]`}`,
    'args',
  );
}

function isIdentifier(step: string): boolean {
  return /^[A-Za-z_]\w*$/.test(step) && !RESERVED.has(step);
}

/** There, and not null. */
function existsText(steps: readonly string[], value: unknown): string {
  if (typeof value !== 'boolean') throw new NotConvertible('exists needs true or false');
  const text = [...thereTexts(steps), `${accessText(steps)} != null`].join(' && ');
  return value ? text : `!(${text})`;
}

/** Step by step, since what is missing has no members. */
function thereTexts(steps: readonly string[]): string[] {
  return steps.map((step, index) => {
    const outer = accessText(steps.slice(0, index));
    return isIdentifier(step) ? `has(${outer}.${step})` : `${textLiteral(step)} in ${outer}`;
  });
}

/** A part of a text, or an element of a list. */
function containsText(path: string, value: unknown): string {
  const element = `type(${path}) == list && ${literal(value)} in ${path}`;
  return typeof value === 'string'
    ? `(type(${path}) == string ? ${path}.contains(${textLiteral(value)}) : ${element})`
    : element;
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return textLiteral(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberLiteral(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  throw new NotConvertible('a value is a map');
}

function numberLiteral(value: number): string {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw new NotConvertible(`the number ${value} is not exact`);
  return String(value).replace('e+', 'e');
}

/** Backslashes, of which regular expressions are full, are left as they are where that can be. */
function textLiteral(text: string): string {
  const isRaw = text.includes('\\') && /^[ -~]*$/.test(text) && !/["']/.test(text) && !text.endsWith('\\');
  return isRaw ? `r"${text}"` : JSON.stringify(text);
}

function inBrackets(text: string): string {
  return /&&|\|\||\?/.test(withoutTexts(text)) && !isOnePair(text) ? `(${text})` : text;
}

/** Whether the first bracket is closed by the last. */
function isOnePair(text: string): boolean {
  const bare = withoutTexts(text);
  if (!bare.startsWith('(')) return false;
  let depth = 0;
  for (const [index, character] of [...bare].entries()) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (depth === 0) return index === bare.length - 1;
  }
  return false;
}

function withoutTexts(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}
