import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { existingStateOf, withTools } from '../../../src/cli/init/existing.js';
import { readSource } from '../../../src/config/yaml/source.js';
import type { PolicyDocument } from '../../../src/core/policy/document/document.js';
import { runs } from '../../runs.js';

const name = fc.constantFrom('list_keys', 'create_key', 'delete_key', 'run', 'yes', 'a b', 'ü', 'x*');
const rule = fc.record(
  {
    action: fc.constantFrom('allow', 'deny'),
    reason: fc.constantFrom('No.', 'Two\nlines.\n', ' # no comment', "it's: so"),
  },
  { requiredKeys: ['action'] },
);
const category = fc.record({ category: fc.constantFrom('read', 'write', 'destructive') });
const entry = fc.oneof(
  fc.constantFrom('allow', 'deny'),
  rule,
  category,
  fc.array(rule, { minLength: 1, maxLength: 2 }),
);
const tools = fc.dictionary(name, entry, { maxKeys: 4 });
const section = fc.record(
  { default: fc.constant('deny'), tools, rate_limit: fc.constant({ max: 3, window: 60 }) },
  { requiredKeys: [] },
);
const document = fc
  .record(
    {
      version: fc.constant(1),
      default: fc.constant('deny'),
      tools,
      servers: fc.dictionary(fc.constantFrom('my-server', 'my-*', 'other', 'yes'), section, { maxKeys: 3 }),
      tests: fc.constant([{ call: 'x', expect: 'deny' }]),
    },
    { requiredKeys: ['version', 'default'] },
  )
  .map((keys) => ({ ...keys }) as unknown as PolicyDocument);

const looks = fc.record({
  indent: fc.integer({ min: 2, max: 5 }),
  indentSeq: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  /** After which lines a comment stands, by their number. */
  comments: fc.array(fc.nat(30), { maxLength: 5 }),
  cut: fc.boolean(),
});

/** A text as a person may have written it. */
function written(
  value: PolicyDocument,
  { indent, indentSeq, lineEnd, comments, cut }: typeof looks extends fc.Arbitrary<infer T> ? T : never,
): string {
  const lines = stringify(value, { indent, indentSeq, lineWidth: 0, blockQuote: false })
    .trimEnd()
    .split('\n');
  const commented = lines.flatMap((line, index) => {
    const own = /^ */.exec(line)?.[0] ?? '';
    return comments.includes(index) ? [`${own}# a comment`, `${line} # why`, ''] : [line];
  });
  return commented.join(lineEnd) + (cut ? '' : lineEnd);
}

const listed = ['list_keys', 'create_key', 'delete_key', 'purge', 'yes', 'ü', 'toString'].map((each) => ({
  name: each,
}));

/** The braces of an empty map are the one thing that goes. */
const linesOf = (text: string) => text.split(/\r?\n/).map((line) => line.replace(/ \{\}/, ''));

describe('what is added to a policy', () => {
  it('is added, and nothing else is changed', () => {
    fc.assert(
      fc.property(document, looks, (value, look) => {
        const text = written(value, look);
        const own = readSource(text, 'p').document;
        const existing = { text, own, merged: own };
        const standing = existingStateOf(existing, 'my-server', listed);
        if (standing.known && standing.fresh.length === 0) return;
        const added = withTools(existing, standing);
        expect(readSource(added.text, 'p').document, added.text).toEqual(added.document);
        const left = linesOf(added.text);
        for (const line of linesOf(text)) {
          const at = left.indexOf(line);
          expect(at, `${line}\n---\n${added.text}`).toBeGreaterThanOrEqual(0);
          left.splice(0, at + 1);
        }
        const again = { text: added.text, own: added.document, merged: added.document };
        expect(existingStateOf(again, 'my-server', listed)).toMatchObject({ known: true, fresh: [] });
      }),
      runs(500),
    );
  });
});
