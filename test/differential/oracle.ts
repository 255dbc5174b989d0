import path from 'node:path';

/** What a server wrote down when it ran a tool: with the arguments as its own parser read them. */
export interface Execution {
  tool: string;
  arguments: Record<string, unknown>;
}

/** What the policy says, in the words of policy-wrap. */
export const POLICY = `version: 1
default: allow
tools:
  delete_broker: deny
  create_charge: { when: args.amount > 100, action: deny }
  read_note: { when: 'has(args.text) && args.text == "secret"', action: deny }
  "*": [{ when: 'has(args.path) && within(args.path, "/etc")', action: deny }, allow]
`;

/**
 * Whether the policy forbids what was executed. Written without a look at how policy-wrap judges, and more suspicious:
 * whatever anybody could take for a denied call is one.
 */
export function isDenied({ tool, arguments: given }: Execution, home: string): boolean {
  const name = letters(tool);
  if (name === 'deletebroker') return true;
  return Object.entries(given).some(([key, value]) => {
    if (letters(key) === 'path') return texts(value).some((text) => isInEtc(text, home));
    if (name === 'readnote' && letters(key) === 'text') return value === 'secret';
    return (
      name === 'createcharge' && letters(key) === 'amount' && texts(value).some((text) => Number(text) > 100)
    );
  });
}

/** The letters of a name, for an executed tool or key can be written in no more ways than these. */
export function letters(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap(texts) : [String(value)];
}

function isInEtc(text: string, home: string): boolean {
  const spelled = decoded(decoded(text)).normalize('NFKC').toLowerCase().replaceAll('\\', '/');
  const seen = [spelled, spelled.split('\0')[0] ?? ''].map((each) =>
    each.replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '').trim(),
  );
  return seen
    .map((each) => path.posix.resolve('/', each.replace(/^file:\/*/, '/').replace(/^~/, home)))
    .some((each) => each === '/etc' || each.startsWith('/etc/'));
}

function decoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
