import { printParseErrorCode, stripComments, visit } from 'jsonc-parser';
import {
  type ConfigNode,
  errorAt,
  type MapNode,
  type Member,
  type Range,
  type Syntax,
} from './config-text.js';

/** JSON as the clients read it: with comments and trailing commas, as the parser of VS Code reads them. */
export const jsonc: Syntax = {
  read: readTree,
  literal: (value) => JSON.stringify(value),
  key: (name) => JSON.stringify(name),
  between: ': ',
};

/** The text with blanks in the place of its comments: what is left is where it was. */
export function withoutComments(text: string): string {
  return stripComments(text, ' ');
}

/**
 * Levels. No client nests its config nearly so deep. Everything that reads the tree calls itself once for each level,
 * so a deeper text could exhaust the stack.
 */
const DEEPEST = 1_000;

/** What is wrong, by the parser's name for it. */
const FLAWS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'these characters are neither a value nor a name in quotes',
  InvalidNumberFormat: 'a number is incomplete',
  PropertyNameExpected: 'a name is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: "'}' is missing",
  CloseBracketExpected: "']' is missing",
  EndOfFileExpected: 'there is something after its end',
  UnexpectedEndOfComment: "'*/' is missing",
  UnexpectedEndOfString: 'a closing quote is missing',
  UnexpectedEndOfNumber: 'a number is incomplete',
  InvalidUnicode: 'a string has an invalid escape',
  InvalidEscapeCharacter: 'a string has an invalid escape',
  InvalidCharacter: 'a string has a control character that is not escaped',
};

/** A map or a list that has begun. */
interface Container {
  start: number;
  members: Member[];
  items: ConfigNode[];
  /** The member of a map whose value comes next. */
  next: { key: string; range: Range } | undefined;
}

/**
 * The first flaw ends the reading. An empty text says nothing.
 * @throws {ConfigError} with line and column
 */
function readTree(text: string): MapNode {
  const open: Container[] = [];
  let root: ConfigNode = { kind: 'map', members: [], ranges: [] };

  const begin = (start: number) => {
    if (open.length === DEEPEST) throw errorAt('it is nested too deeply', text, start);
    open.push({ start, members: [], items: [], next: undefined });
  };
  /** The value belongs to the innermost container. */
  const add = (value: ConfigNode, end: number) => {
    const container = open.at(-1);
    if (container === undefined) root = value;
    else if (container.next === undefined) container.items.push(value);
    else {
      const { key, range } = container.next;
      container.next = undefined;
      container.members.push({ key, keys: [range], value, whole: { start: range.start, end }, commas: true });
    }
  };
  const finish = (end: number, nodeOf: (container: Container, range: Range) => ConfigNode) => {
    const container = open.pop();
    if (container !== undefined) add(nodeOf(container, { start: container.start, end }), end);
  };

  visit(
    text,
    {
      onObjectBegin: begin,
      onObjectProperty: (key, start, length) => {
        const container = open.at(-1);
        if (container !== undefined) container.next = { key, range: { start, end: start + length } };
      },
      onObjectEnd: (start, length) =>
        finish(start + length, ({ members }, range) => ({ kind: 'map', members, ranges: [range] })),
      onArrayBegin: begin,
      onArrayEnd: (start, length) =>
        finish(start + length, ({ items }, range) => ({ kind: 'list', items, ...range })),
      onLiteralValue: (value: unknown, start, length) => {
        const end = start + length;
        add(
          typeof value === 'string'
            ? { kind: 'text', value, start, end }
            : { kind: 'other', value, start, end },
          end,
        );
      },
      onError: (code, offset) => {
        throw errorAt(
          `it is not JSON: ${FLAWS[printParseErrorCode(code)] ?? 'it is malformed'}`,
          text,
          offset,
        );
      },
    },
    { allowTrailingComma: true, allowEmptyContent: true },
  );
  if (root.kind !== 'map') throw errorAt('it holds no object', text, 0);
  return root;
}
