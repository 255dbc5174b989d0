import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document, parseDocument, Scalar } from 'yaml';
import { readSource } from '../../../src/config/yaml/source.js';
import type { Part } from '../../../src/core/policy/document/diagnostic.js';
import { runs } from '../../runs.js';
import { HEAD } from '../problems.js';

const PATH = ['tools', 'x', 'when'];

/** What is marked of a policy for a part of the condition of the tool `x`. */
function marked(text: string, part: Part): string | undefined {
  const { line = 0, column = 0, length = 0 } = readSource(text, 'policy-wrap.yaml').placeOf(PATH, part);
  return text.split('\n')[line - 1]?.slice(column - 1, column - 1 + length);
}

/** The part of the condition that says `nmae`. */
function misspelt(text: string): string | undefined {
  const { tools } = readSource(text, 'policy-wrap.yaml').document as unknown as {
    tools: { x: { when: string } };
  };
  return marked(text, { start: tools.x.when.indexOf('nmae'), length: 4 });
}

const inTool = (written: string) => `${HEAD}tools:\n  x:\n    action: deny\n    when: ${written}\n`;

describe('a part of a condition', () => {
  it.each<[string, string]>([
    ['without quotes', inTool('tool.nmae == 1')],
    ['after spaces and before a comment', inTool('   tool.nmae == 1   # nmae')],
    ['over several lines', inTool('args.x > 1 &&\n      # \n      tool.nmae == 1').replace('# ', '')],
    ['in single quotes', inTool("'tool.x == ''a'' || tool.nmae == 1'")],
    ['in double quotes', inTool('"tool.x == \\"a\\" || tool.nmae == 1"')],
    ['after escapes', inTool('"tool.x == \\"\\u00e9\\x41\\U0001f600\\" || tool.nmae == 1"')],
    ['in a literal block', inTool('|-\n      args.x > 1 &&\n        tool.nmae == 1')],
    ['in a folded block', inTool('>\n      args.x > 1 &&\n\n      tool.nmae == 1')],
    [
      'in JSON',
      '{"version":1,"default":"deny","tools":{"x":{"when":"args.y == \\"\\\\\\" || tool.nmae == 1"}}}',
    ],
  ])('is found %s', (_, text) => {
    expect(misspelt(text)).toBe('nmae');
  });

  it('is the value where its text is not that of the value', () => {
    expect(misspelt(inTool('"tool.\\\n      nmae == 1"'))).toBe('"tool.\\');
  });

  it('is the alias where it is written elsewhere', () => {
    const anchor = 'tests: [{ call: a, expect: deny, args: { a: &a tool.nmae } }]\n';
    expect(misspelt(`${HEAD}${anchor}tools: { x: { when: *a } }\n`)).toBe('*a');
  });

  it('that is missing at its end is behind it', () => {
    expect(marked(inTool('args.n >'), { start: 8, length: 1 })).toBe('');
    expect(marked(inTool('"args.n >"'), { start: 8, length: 1 })).toBe('"');
  });

  it.each(['BLOCK_LITERAL', 'BLOCK_FOLDED', 'PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE'] as const)(
    'is found in all that %s can write, or the whole is',
    (type) => {
      const characters = fc.constantFrom(...'ab.:#\'"\\ é😀\t\n&*|>{}[],-?');
      fc.assert(
        fc.property(fc.array(characters, { minLength: 1, maxLength: 90 }), fc.nat(), (parts, seed) => {
          const value = parts.join('');
          const text = textWith(value, type);
          fc.pre(text !== undefined);
          const at = seed % value.length;
          if (/\s/.test(value[at] ?? '') || value.trim() === '') return;
          const {
            line = 0,
            column = 0,
            length = 0,
          } = readSource(text, 'p').placeOf(PATH, { start: at, length: 1 });
          const shown = text.split('\n')[line - 1]?.slice(column - 1, column - 1 + length) ?? '';
          const isWhole = shown === 'when' || /^["']/.test(shown);
          const isPart = shown === value[at] || shown === '\\' || (shown === "'" && value[at] === "'");
          expect(isWhole || isPart, `${JSON.stringify(text)} ${at}: ${shown}`).toBe(true);
        }),
        runs(150),
      );
    },
  );
});

/** A policy with the value written in one way; undefined where the writer cannot. */
function textWith(value: string, type: Scalar.Type): string | undefined {
  const document = new Document({ version: 1, default: 'deny', tools: { x: {} } });
  const scalar = new Scalar(value);
  scalar.type = type;
  document.setIn(PATH, scalar);
  const text = document.toString();
  const read = parseDocument(text);
  return read.errors.length === 0 && read.getIn(PATH) === value ? text : undefined;
}
