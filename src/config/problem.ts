import type { Expected, ExpressionFlaw } from '../core/policy/conditions/expression.js';
import type { SeenFile } from './watch.js';

/** Who mends a hundred will look again. */
export const MOST_PROBLEMS = 100;
/** What a file says is repeated in what is said about it, and may be a book. Characters of one part of a problem. */
const LONGEST = 400;

/** One thing that is wrong, where, and what to do about it. */
export interface Problem {
  /** The file as people call it; undefined when no file is at fault. */
  file: string | undefined;
  /** Counted from 1. */
  line: number | undefined;
  column: number | undefined;
  /** JSON Pointer of the key, empty for the whole file. */
  pointer: string;
  message: string;
  help: string | undefined;
}

/** An expression in a file that is wrong elsewhere, so that it was not compiled: what is wrong with it can still be said. */
export interface UncheckedExpression {
  source: string;
  expected: Expected;
  problem(flaw: ExpressionFlaw): Problem;
}

/** A policy that cannot be used, with everything that is wrong with it. Local: it never crosses the wire. */
export class PolicyError extends Error {
  readonly code = 'POLICY_INVALID';
  /** File by file, in the order in which they stand there. */
  readonly problems: readonly Problem[];
  /** The files that were read, so that mending any of them is noticed. */
  files: readonly SeenFile[] = [];

  constructor(
    problems: readonly Problem[],
    readonly unchecked: readonly UncheckedExpression[] = [],
  ) {
    const shown = inOrder(problems).slice(0, MOST_PROBLEMS).map(shortened);
    const more =
      problems.length > shown.length ? [`there are more problems than these ${MOST_PROBLEMS}`] : [];
    super([...shown.map(formatProblem), ...more].join('\n'));
    this.problems = shown;
  }
}

/** Recognised by its code, since bundles of their own have classes of their own. */
export function isPolicyError(error: unknown): error is PolicyError {
  return error instanceof Error && 'code' in error && error.code === 'POLICY_INVALID';
}

/** `policy-wrap.yaml:3:12: unknown action 'alow' (/tools/x/action)` and the help on a line of its own. */
export function formatProblem({ file, line, column, pointer, message, help }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const key = pointer === '' ? '' : ` (${visible(pointer)})`;
  const told = `${place === '' ? '' : `${visible(place)}: `}${visible(message)}${key}`;
  return help === undefined ? told : `${told}\n  help: ${visible(help)}`;
}

/** What a file says may have been written by somebody else, to change what a terminal shows. */
function visible(text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return shown.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) =>
    character === '\n' ? '\\n' : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

function shortened(problem: Problem): Problem {
  const { message } = problem;
  return message.length > LONGEST ? { ...problem, message: `${message.slice(0, LONGEST)}…` } : problem;
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  return [...problems].sort(
    (one, other) =>
      files.indexOf(one.file) - files.indexOf(other.file) ||
      (one.line ?? 0) - (other.line ?? 0) ||
      (one.column ?? 0) - (other.column ?? 0),
  );
}
