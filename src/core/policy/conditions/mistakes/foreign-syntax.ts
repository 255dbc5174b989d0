const STRINGS = /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?/g;

/** How other languages write something, and how CEL does; the first that is found is told. */
const SYNTAX: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[(,=&|~]\s*)\/[^\s/*][^/]*\//, 'a regular expression is a string: write x.matches("…")'],
  [/!==/, 'write != in place of !=='],
  [/===/, 'write == in place of ==='],
  [/=~|~=/, 'write x.matches("…")'],
  [/=>/, 'a loop is written list.exists(x, x == 1) or list.all(x, x == 1)'],
  [/\?\?/, 'write has(args.x) ? args.x : "…"'],
  [/\?\./, 'write has(args.x) && args.x == … for an argument that may be missing'],
  [/<>/, 'write != in place of <>'],
  [/(?<![.\w])is\s+(?:not\s+)?(?:null|none|undefined)\b/i, 'compare with == null or != null'],
  [/(?<![.\w])(?:not\s+in|in\s+not)\b/i, 'write !(x in list)'],
  [/(?<![.\w])and(?!\w)/i, 'write && in place of and'],
  [/(?<![.\w])or(?!\w)/i, 'write || in place of or'],
  [/(?<![.\w])not(?!\w)/i, 'write !(…) in place of not'],
  [/(?<![.\w])like(?!\w)/i, 'write glob(x, "*.env") or x.matches("…")'],
  [
    /(?<![.\w])(?<name>contains|startswith|endswith|matches|starts with|ends with)\s/i,
    'it is called behind a dot: write x.contains("…"), x.startsWith("…"), x.endsWith("…") or x.matches("…")',
  ],
  [/(?<![.\w])(?:typeof|instanceof)(?!\w)/, 'write type(x) == string'],
  [/(?<![.\w])(?:if|then|else)(?!\w)/, 'write condition ? value : other'],
  [/(?<![=!<>~])=(?![=~>])/, 'compare with == in place of ='],
  [/(?<!&)&(?!&)/, 'write && in place of &'],
  [/(?<!\|)\|(?!\|)/, 'write || in place of |'],
];

/** What to write in place of what other languages have, in a text that is no expression; undefined where nothing of the kind shows. */
export function foreignSyntax(source: string): string | undefined {
  const outside = source.replace(STRINGS, '""');
  return SYNTAX.find(([written]) => written.test(outside))?.[1];
}
