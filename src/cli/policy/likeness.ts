/** Whether a text is a policy that can be used by itself, may be a part of one or a wrong one, or is about something else. */
export type Likeness = 'policy' | 'part' | 'other';

const KEYS: ReadonlySet<string> = new Set([
  'extends',
  'default',
  'categories',
  'tools',
  'servers',
  'resources',
  'prompts',
  'rate_limit',
  'approvals',
  'tests',
]);

/** `version: 1`, as policies are written. */
const VERSION = /(?:^|[{,]\s*)(["']?)version\1\s*:\s*(["']?)1\2\s*(?=$|[#,}])/m;
const LINE_KEY = /^(["']?)(\w+)\1\s*:/gm;
const FLOW_KEY = /[{,]\s*(["']?)(\w+)\1\s*:/g;

/** Tells by its keys what a file of YAML is. It need not be right YAML: what is wrong with a policy is for its reader to say. */
export function likenessOf(text: string): Likeness {
  const body = text.replace(/^\uFEFF/, '').replace(/^(?:\s*#.*\n|\s*---.*\n|\s*\n)*/, '');
  const found = [...body.matchAll(body.startsWith('{') ? FLOW_KEY : LINE_KEY)].map(([, , key = '']) => key);
  const keys = new Set(found.filter((key) => KEYS.has(key)));
  const isVersioned = VERSION.test(body);
  if (isVersioned && (keys.has('default') || keys.has('extends'))) return 'policy';
  return keys.size >= (isVersioned ? 1 : 2) ? 'part' : 'other';
}
