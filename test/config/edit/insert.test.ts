import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { insertAtEnd, insertBehind } from '../../../src/config/edit/insert.js';

const PATH = ['servers', 'x', 'tools'];
const entry = (indent: string) => [`${indent}# new`, `${indent}new: deny`];
const insert = (text: string) => insertAtEnd(text, PATH, entry);

/** Texts, and what they are with an entry more. */
const LAYOUTS: [string, string, string][] = [
  [
    'a map of lines',
    'servers:\n  x:\n    tools:\n      a: allow\n',
    'servers:\n  x:\n    tools:\n      a: allow\n      # new\n      new: deny\n',
  ],
  [
    'something behind it',
    'servers:\n  x:\n    tools:\n      a: allow # why\n\n# about tests\ntests: []\n',
    'servers:\n  x:\n    tools:\n      a: allow # why\n      # new\n      new: deny\n\n# about tests\ntests: []\n',
  ],
  [
    'one space of indentation',
    'servers:\n x:\n  tools:\n   a: allow\n',
    'servers:\n x:\n  tools:\n   a: allow\n   # new\n   new: deny\n',
  ],
  [
    'no end of the last line',
    'servers:\n  x:\n    tools:\n      a: allow',
    'servers:\n  x:\n    tools:\n      a: allow\n      # new\n      new: deny\n',
  ],
  [
    'line ends of Windows',
    'servers:\r\n  x:\r\n    tools:\r\n      a: allow\r\nmode: observe\r\n',
    'servers:\r\n  x:\r\n    tools:\r\n      a: allow\r\n      # new\r\n      new: deny\r\nmode: observe\r\n',
  ],
  [
    'an entry of several lines',
    'servers:\n  x:\n    tools:\n      a:\n        - action: deny\n          reason: |\n            No.\n\n            Never.\n\nmode: observe\n',
    'servers:\n  x:\n    tools:\n      a:\n        - action: deny\n          reason: |\n            No.\n\n            Never.\n      # new\n      new: deny\n\nmode: observe\n',
  ],
  [
    'an entry in brackets over two lines',
    'servers:\n  x:\n    tools:\n      a: { action: deny,\n        reason: No. } # why\n',
    'servers:\n  x:\n    tools:\n      a: { action: deny,\n        reason: No. } # why\n      # new\n      new: deny\n',
  ],
  [
    'an empty map',
    'servers:\n  x:\n    tools: {} # none yet\n    default: deny\n',
    'servers:\n  x:\n    tools: # none yet\n      # new\n      new: deny\n    default: deny\n',
  ],
  [
    'nothing behind the colon',
    'servers:\n  x:\n    tools:\n    default: deny\n',
    'servers:\n  x:\n    tools:\n      # new\n      new: deny\n    default: deny\n',
  ],
  [
    'a section without tools',
    'servers:\n  x:\n    default: deny\n\nmode: observe\n',
    'servers:\n  x:\n    default: deny\n    tools:\n      # new\n      new: deny\n\nmode: observe\n',
  ],
  [
    'another server',
    'servers:\n  y:\n    default: deny\n# end\n',
    'servers:\n  y:\n    default: deny\n  x:\n    tools:\n      # new\n      new: deny\n# end\n',
  ],
  [
    'no servers',
    'version: 1\ndefault: deny\n# end\n',
    'version: 1\ndefault: deny\nservers:\n  x:\n    tools:\n      # new\n      new: deny\n# end\n',
  ],
  [
    'an empty map of servers',
    'servers: {}\nversion: 1\n',
    'servers:\n  x:\n    tools:\n      # new\n      new: deny\nversion: 1\n',
  ],
  [
    'marks of the document',
    '%YAML 1.2\n---\nservers:\n  x:\n    tools:\n      a: allow\n...\n',
    '%YAML 1.2\n---\nservers:\n  x:\n    tools:\n      a: allow\n      # new\n      new: deny\n...\n',
  ],
  [
    'a quoted key',
    'servers:\n  "x":\n    \'tools\':\n      "a": allow\n',
    'servers:\n  "x":\n    \'tools\':\n      "a": allow\n      # new\n      new: deny\n',
  ],
  [
    'an alias as the last entry',
    'default: &d deny\nservers:\n  x:\n    tools:\n      a: *d\nmode: observe\n',
    'default: &d deny\nservers:\n  x:\n    tools:\n      a: *d\n      # new\n      new: deny\nmode: observe\n',
  ],
];

describe('insertAtEnd', () => {
  it.each(LAYOUTS)('%s', (_, before, after) => {
    expect(insert(before)).toBe(after);
    const meant = parse(before) as Record<string, Record<string, unknown>>;
    meant['servers'] ??= {};
    const section = (meant['servers']['x'] ?? {}) as { tools?: object };
    meant['servers']['x'] = { ...section, tools: { ...section.tools, new: 'deny' } };
    expect(parse(insert(before))).toEqual(meant);
  });

  it.each([
    ['JSON', '{"servers": {"x": {"tools": {"a": "allow"}}}}'],
    ['a section in braces', 'servers: { x: { tools: {} } }\n'],
    ['tools in braces', 'servers:\n  x:\n    tools: { a: allow }\n'],
    ['an alias', 'tools: &t\n  a: allow\nservers:\n  x:\n    tools: *t\n'],
    ['an anchor on nothing', 'servers:\n  x:\n    tools: &t {}\n'],
    ['a long key', '? servers\n: x:\n    tools:\n      a: allow\n'],
    ['a text', 'servers: none\n'],
    ['nothing', ''],
  ])('does not put lines into %s', (_, text) => {
    expect(() => insert(text)).toThrow(expect.objectContaining({ code: 'NO_PLACE' }));
  });

  it('adds to lists', () => {
    const lines = (indent: string) => [`${indent}- b`];
    expect(insertAtEnd('tests:\n  # all\n  - a # one\n# end\n', ['tests'], lines)).toBe(
      'tests:\n  # all\n  - a # one\n  - b\n# end\n',
    );
    expect(insertAtEnd('tests:\n- a:\n    b: 1\nmode: x\n', ['tests'], lines)).toBe(
      'tests:\n- a:\n    b: 1\n- b\nmode: x\n',
    );
    expect(insertAtEnd('tests: []\n', ['tests'], lines)).toBe('tests:\n  - b\n');
  });
});

describe('insertBehind', () => {
  const fits = (value: unknown) => value === 'allow';
  it('puts lines behind the last entry that fits', () => {
    const text = 'a: allow # first\nb: allow # second\n\n# others\nc: deny\n';
    expect(insertBehind(text, [], fits, entry)).toBe(
      'a: allow # first\nb: allow # second\n# new\nnew: deny\n\n# others\nc: deny\n',
    );
  });

  it('does nothing where none fits', () => {
    expect(insertBehind('a: deny\n', [], fits, entry)).toBeUndefined();
  });
});
