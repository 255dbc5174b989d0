import { isMap, isPair, isScalar, LineCounter, type Pair, type Scalar, visit } from 'yaml';
import type { Diagnostic } from '../../../core/policy/document/diagnostic.js';
import { parse, TooMuch } from '../parse.js';
import { inSingleQuotes } from './misread-text.js';

/** The keys whose values people write as they think of them. */
const TEXT_KEYS: ReadonlySet<unknown> = new Set(['when', 'key', 'sum', 'reason']);
/** Their keys are names that people chose. */
const NAMED: ReadonlySet<unknown> = new Set(['tools', 'resources', 'prompts', 'methods', 'servers', 'args']);

/** A comment that looks as if it were a part of the condition before it. */
const CONDITION = /^#\S|&&|\|\||[=!<>]=|["'()[\]]/;

/** More of a line is not shown. Characters. */
const LONGEST_LINE = 2000;

type Found = Pick<Diagnostic, 'severity' | 'message' | 'help'> & { from: number; to: number };

/**
 * Warns of conditions, reasons and names of a policy of which YAML has silently taken a part for its own: what follows a #,
 * and a word that begins with &. Nothing for a text that cannot be read.
 */
export function lostTexts(text: string, source: string): Diagnostic[] {
  const lines = new LineCounter();
  return foundIn(text, lines).map(({ from, to, ...said }) => {
    const { line, col: column } = lines.linePos(from);
    return { ...said, place: { source, pointer: '', line, column, length: Math.max(to - from, 1) } };
  });
}

function foundIn(text: string, lines: LineCounter): Found[] {
  const found: Found[] = [];
  try {
    const document = parse(text, lines);
    if (document.errors.length + document.warnings.length > 0) return [];
    const used = new Set<string>();
    visit(document, { Alias: (_, { source }) => void used.add(source) });
    visit(document, {
      Pair(_, pair, ancestors) {
        const { key, value } = pair;
        for (const part of [key, value])
          if (isScalar(part) && part.anchor && !used.has(part.anchor))
            found.push(...anchored(part, pair, text));
        if (isScalar(value) && isText(pair, ancestors)) found.push(...commented(value, pair, text));
      },
    });
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
  }
  return found;
}

/** Whether a key is one of the language and not a name, such as that of a tool that is called `key`. */
function isText({ key }: Pair, ancestors: readonly unknown[]): boolean {
  const owner = ancestors.findLast((node) => isPair(node));
  const isDirect = isMap(ancestors.at(-1)) && ancestors.at(-2) === owner;
  return (
    nameOf(key) !== undefined &&
    TEXT_KEYS.has(nameOf(key)) &&
    !(isDirect && owner && NAMED.has(nameOf(owner.key)))
  );
}

function nameOf(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

/** A text without quotes that a comment ends. */
function commented({ range, type }: Scalar, { key }: Pair, text: string): Found[] {
  if (!range || type !== 'PLAIN') return [];
  const [from, to] = range;
  const end = text.indexOf('\n', to);
  const rest = text.slice(to, end === -1 ? undefined : Math.min(end, to + LONGEST_LINE)).trimEnd();
  const comment = /^[ \t]+(#.*)$/.exec(rest)?.[1];
  if (comment === undefined) return [];
  const name = nameOf(key) ?? '';
  const written = `${text.slice(from, to)}${rest}`;
  const isProse = name === 'reason' || name === 'key';
  const isLikely = isProse || CONDITION.test(comment);
  return [
    {
      severity: isLikely ? 'warning' : 'info',
      message: `'${name}' ends before the #, which begins a comment in YAML`,
      help:
        isProse && !written.includes('\n')
          ? `put it in single quotes: ${inSingleQuotes(name, written)}, or the comment on a line of its own`
          : 'put the whole text in single quotes, or the comment on a line of its own',
      from: to + rest.length - comment.length,
      to: to + rest.length,
    },
  ];
}

/** A name or a text that begins with &, which nothing refers to. */
function anchored(node: Scalar, { key }: Pair, text: string): Found[] {
  if (!node.range) return [];
  const [start, end] = node.range;
  const from = text.lastIndexOf(`&${node.anchor}`, start);
  if (from < 0) return [];
  const written = text.slice(from, end).trim();
  const isName = node === key;
  return [
    {
      severity: 'warning',
      message: `&${node.anchor} is not a part of ${isName ? 'the name' : `'${nameOf(key)}'`}, because YAML reads it as an anchor`,
      help: written.includes('\n')
        ? 'put the whole text in single quotes'
        : isName
          ? `put it in quotes: \`"${written}": …\``
          : `put it in single quotes: ${inSingleQuotes(nameOf(key) ?? '', written)}`,
      from,
      to: from + written.length,
    },
  ];
}
