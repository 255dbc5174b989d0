import type { Expected, ExpressionFlaw } from '../core/policy/conditions/expression.js';
import type { SourcedDocument } from '../core/policy/document/chain.js';
import type { Path } from '../core/policy/document/describe-value.js';
import { type Diagnostic, type Flaw, sortDiagnostics } from '../core/policy/document/diagnostic.js';
import { visible } from '../core/text/visible.js';
import { asTyped } from '../platform/outer-npx.js';
import { EXIT, UserError } from '../platform/user-error.js';
import type { SeenFile } from './watch.js';

/** A person who fixes a hundred will look again. */
export const MOST_PROBLEMS = 100;
/** A message repeats what a file says, which may be a book. Characters of one part of a diagnostic. */
const LONGEST = 400;

/** The texts of policy files that may be shown to the user, by the names of the files. */
export type SourceTexts = ReadonlyMap<string, string>;

/** An expression in a file that has other errors, so that it was not compiled: what is wrong with it can still be said. */
export interface UncheckedExpression {
  path: Path;
  source: string;
  expected: Expected;
  diagnostic(flaw: ExpressionFlaw): Diagnostic;
}

/** Puts issues of the schema library into words: `schemaFlaws`. Published types know nothing of that library. */
export type SchemaWords = (issues: never, document: unknown) => Flaw[];

/** A policy that cannot be used, with everything that is wrong with it. */
export class PolicyError extends UserError {
  /** At most `MOST_PROBLEMS`, file by file, in the order in which they are written there. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether there are more. */
  readonly hasMore: boolean;
  /** The files that were read, so that fixing any of them is noticed. */
  files: readonly SeenFile[] = [];
  /** What may be shown of them. */
  texts: SourceTexts = new Map();
  /** What could be read of a file and what it extends, so that it can be checked as well. It must judge nothing. */
  readable: readonly SourcedDocument[] = [];
  /** The same diagnostics in words of the language. What finds these is loaded only where something is wrong. */
  explained: ((words: SchemaWords) => readonly Diagnostic[]) | undefined;

  /** @param validPart what is left of the file without what is wrong in it */
  constructor(
    diagnostics: readonly Diagnostic[],
    readonly unchecked: readonly UncheckedExpression[] = [],
    readonly validPart?: SourcedDocument,
  ) {
    const shown = sortDiagnostics(diagnostics).slice(0, MOST_PROBLEMS).map(shortened);
    const hasMore = diagnostics.length > shown.length;
    const more = hasMore ? [MORE_PROBLEMS] : [];
    super([...shown.map(diagnosticLine), ...more].join('\n'), undefined, EXIT.invalidPolicy);
    this.diagnostics = shown;
    this.hasMore = hasMore;
  }
}

/** What is said where not everything is shown. */
export const MORE_PROBLEMS = `there are more problems than these ${MOST_PROBLEMS}`;

/** An error that is not about a part of a policy. */
export function errorWithoutPlace(message: string, help: string): Diagnostic {
  return { severity: 'error', message, help, place: undefined };
}

/** `policy-wrap.yaml:3:12: unknown action 'alow' (/tools/x/action)`, and the help on a line of its own. */
export function diagnosticLine({ place, message, help }: Diagnostic): string {
  const where = placeText(place);
  const key = place === undefined || place.pointer === '' ? '' : ` (${shownText(place.pointer)})`;
  const what = `${where === '' ? '' : `${where}: `}${shownText(message)}${key}`;
  return help === undefined ? what : `${what}\n  help: ${asTyped(shownText(help))}`;
}

/** The same for lists of several severities: `policy-wrap.yaml:3:12: warning: …`. */
export function labelledLine(diagnostic: Diagnostic): string {
  return diagnosticLine({ ...diagnostic, message: `${diagnostic.severity}: ${diagnostic.message}` });
}

/** `policy-wrap.yaml:3:12`, or as much of it as is known. */
export function placeText(place: Diagnostic['place']): string {
  const parts = [place?.source, place?.line, place?.column].filter((part) => part !== undefined);
  return shownText(parts.join(':'));
}

/** A file may have been written by somebody else, to change what a terminal shows. */
export function shownText(text: string): string {
  const shown = visible(text.slice(0, LONGEST).replaceAll('\n', '\\n'));
  if (text.length <= LONGEST && shown.length <= LONGEST) return shown;
  return `${shown.slice(0, LONGEST).replace(/\p{Cs}$/u, '')}…`;
}

/** A diagnostic as programs read it. */
export function diagnosticJson({ severity, message, help, place }: Diagnostic) {
  return {
    severity,
    file: place?.source,
    line: place?.line,
    column: place?.column,
    pointer: place?.pointer ?? '',
    message,
    help,
  };
}

function shortened(diagnostic: Diagnostic): Diagnostic {
  const { message } = diagnostic;
  return message.length > LONGEST ? { ...diagnostic, message: `${message.slice(0, LONGEST)}…` } : diagnostic;
}

/** What may be shown of the files of several policies. */
export function shownTexts(read: readonly { texts: SourceTexts }[]): SourceTexts {
  return new Map(read.flatMap(({ texts }) => [...texts]));
}
