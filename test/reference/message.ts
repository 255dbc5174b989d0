import { type ReferenceValue, readReference, readTree } from './json.js';

/** What a line of the client may be, written down from the rules and not from the code. */
export type PlainMessage =
  | { kind: 'request'; id: string | number; method: string; name?: string | undefined }
  | { kind: 'notification'; method: string }
  | { kind: 'response'; id: string | number; ok: boolean }
  | { kind: 'blank' }
  | { kind: 'unreadable'; code: number; id?: string | number | undefined; silent?: true };

type Members = ReadonlyMap<string, ReferenceValue>;

const DEEPEST = 256;
const TOP_LEVEL = ['jsonrpc', 'id', 'method', 'params', 'result', 'error'];

/** Section by section of the revisions 2024-11-05 to 2026-07-28: all that a client may ask for. */
const REQUESTS = `initialize ping server/discover subscriptions/listen logging/setLevel completion/complete
  tools/list tools/call prompts/list prompts/get resources/list resources/read resources/templates/list
  resources/subscribe resources/unsubscribe tasks/get tasks/result tasks/list tasks/cancel tasks/update`.split(
  /\s+/,
);
const NOTIFICATIONS = `initialized cancelled progress roots/list_changed tasks/status elicitation/complete`
  .split(' ')
  .map((name) => `notifications/${name}`);
const KNOWN = [...REQUESTS, ...NOTIFICATIONS];

const RETRY = { _meta: 'object', inputResponses: 'object', requestState: 'string' };
/** The methods whose params decide, with the types of what decides. The first key has to be there. */
const DECIDING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'tools/call': { name: 'string', arguments: 'object', task: 'object', ...RETRY },
  'prompts/get': { name: 'string', arguments: 'object', ...RETRY },
  'resources/read': { uri: 'string', ...RETRY },
  'resources/subscribe': { uri: 'string', ...RETRY },
  'subscriptions/listen': { notifications: 'object', ...RETRY },
};
const LISTENED = { resourceSubscriptions: 'array', ...RETRY };

/** Reads a line as slowly as the rules read. */
export function readPlainly(text: string): PlainMessage {
  if (/^[ \t]*$/.test(text)) return { kind: 'blank' };
  const reading = readReference(text, DEEPEST);
  if (!('flaw' in reading)) return readObject(reading.value);
  if (reading.flaw === 'malformed') return { kind: 'unreadable', code: -32700 };
  return refused(-32600, readTree(text));
}

function readObject(root: ReferenceValue): PlainMessage {
  if (root.kind !== 'object') return refused(-32600, root);
  const members = new Map(root.members);
  if (!isEnvelope(members)) return refused(-32600, root);
  const id = idOf(members.get('id'));
  const method = members.get('method');
  if (method?.kind !== 'string')
    return { kind: 'response', id: id ?? 'none', ok: said(members.get('result')) !== undefined };
  if (!isClearMethod(method.value)) return refused(-32601, root);
  if (id === undefined) {
    return REQUESTS.includes(method.value)
      ? refused(-32600, root)
      : { kind: 'notification', method: method.value };
  }
  const types = Object.hasOwn(DECIDING, method.value) ? DECIDING[method.value] : undefined;
  if (types === undefined) return { kind: 'request', id, method: method.value };
  const params = membersOf(members.get('params'));
  const required = Object.keys(types)[0] ?? '';
  const named = params.get(required);
  // What is subscribed to without a URI is nothing, or what an empty one names.
  const isOptional = method.value === 'resources/subscribe';
  if ((named === undefined && !isOptional) || !areClear(params, types, required))
    return refused(-32602, root);
  if (named === undefined) return { kind: 'request', id, method: method.value, name: '' };
  if (named.kind !== 'string')
    return isClearFilter(membersOf(named))
      ? { kind: 'request', id, method: method.value }
      : refused(-32602, root);
  return { kind: 'request', id, method: method.value, name: named.value };
}

/** JSON-RPC 2.0 as MCP narrows it: one of a request, a notification and a response, and nothing else in it. */
function isEnvelope(members: Members): boolean {
  const { jsonrpc, id, method, params, result, error } = Object.fromEntries(members);
  if ([...members.keys()].some((key) => !TOP_LEVEL.includes(key))) return false;
  if (jsonrpc?.kind !== 'string' || jsonrpc.value !== '2.0') return false;
  const isNothing =
    id?.kind === 'null' && method?.kind === 'string' && method.value.startsWith('notifications/');
  if (id !== undefined && idOf(id) === undefined && !isNothing) return false;
  if (method !== undefined) {
    if (method.kind !== 'string' || said(result) !== undefined || said(error) !== undefined) return false;
    const isNull = params?.kind === 'null' && !Object.hasOwn(DECIDING, method.value);
    return params === undefined || params.kind === 'object' || isNull;
  }
  const [outcome, ...others] = [said(result), said(error)].filter((each) => each !== undefined);
  return id !== undefined && said(params) === undefined && outcome?.kind === 'object' && others.length === 0;
}

/** A null says that there is nothing. */
const said = (value: ReferenceValue | undefined) => (value?.kind === 'null' ? undefined : value);

const wantsNothing = (method: string) => bare(method).startsWith('notifications');

/** A string, or an integer that is written in one way and is one number for everybody. */
function idOf(value: ReferenceValue | undefined): string | number | undefined {
  if (value?.kind === 'string') return value.value;
  if (value?.kind !== 'number' || !/^(?:0|-?[1-9][0-9]*)$/.test(value.text)) return undefined;
  const exact = BigInt(value.text);
  return exact >= -(2n ** 53n - 1n) && exact <= 2n ** 53n - 1n ? Number(exact) : undefined;
}

/** Known to the letter, or so different from all that is known that nobody takes it for that. */
function isClearMethod(method: string): boolean {
  if (KNOWN.includes(method)) return true;
  if ([...method].some((character) => character <= ' ' || character > '~') || method === '') return false;
  if (KNOWN.some((known) => bare(known) === bare(method))) return false;
  const words = method.toLowerCase().split(/[^a-z0-9]/);
  const [first, ...rest] = words.filter((word, index) => word !== '' || index === words.length - 1);
  if (first === 'tools' && rest.length > 0) return false;
  const dashed = words.join('-');
  const follows = (one: string, other: string) =>
    [...dashed.matchAll(new RegExp(one, 'g'))].some(({ index }) =>
      dashed
        .slice(index + one.length)
        .replace(/^-+/, '')
        .startsWith(other),
    );
  return !follows('tools', 'call') && !follows('tool', 'call') && !follows('call', 'tool');
}

const bare = (method: string) => [...method.toLowerCase()].filter((one) => /[a-z0-9]/.test(one)).join('');

/** What decides has its type, and nothing else is taken for it: no key in other letters, and none that C cuts short. */
function areClear(members: Members, types: Readonly<Record<string, string>>, required?: string): boolean {
  return [...members].every(([key, { kind }]) =>
    Object.hasOwn(types, key)
      ? types[key] === kind || (kind === 'null' && key !== required)
      : !key.includes('\0') && !Object.keys(types).some((known) => looksLike(key, known)),
  );
}

function isClearFilter(members: Members): boolean {
  const uris = members.get('resourceSubscriptions');
  const elements = uris?.kind === 'array' ? uris.elements : [];
  const areTexts = elements.every(({ kind }) => kind === 'string');
  return areTexts && elements.length <= 1_000 && areClear(members, LISTENED);
}

/** Whether a careless reader takes a key for one of ours, which are ASCII: width, case, and what cannot be seen are gone. */
export function looksLike(key: string, known: string): boolean {
  const shown = [...key.normalize('NFKD')].filter(isSeen).map((one) => (one === 'ı' ? 'i' : one));
  const withoutDots = shown.filter((one, index) => one !== '\u0307' || !/i/i.test(shown[index - 1] ?? ''));
  const wanted = [...known];
  return (
    withoutDots.length === wanted.length &&
    wanted.every((one, index) => new RegExp(`^[${one}]$`, 'iu').test(withoutDots[index] ?? ''))
  );
}

const isSeen = (character: string) =>
  !/[\s\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(character);

function membersOf(value: ReferenceValue | undefined): Members {
  return new Map(value?.kind === 'object' ? value.members : []);
}

/** The answer names the id of a request, where there is one, however it is spelled. A notification gets none. */
function refused(code: number, root: ReferenceValue | undefined): PlainMessage {
  if (root?.kind !== 'object') return { kind: 'unreadable', code };
  const of = (key: string) => root.members.filter(([name]) => name === key).map(([, value]) => value);
  const [id, ...more] = of('id');
  const outcomes = [...of('result'), ...of('error')];
  const isResponse = outcomes.length > 0 && (of('method').length === 0 || outcomes.some(said));
  if (isResponse || more.length > 0) return { kind: 'unreadable', code };
  if (id?.kind === 'string') return { kind: 'unreadable', code, id: id.value };
  if (id?.kind === 'number') return { kind: 'unreadable', code, id: Number(id.text) };
  const [method] = of('method');
  const isNotified = said(id) === undefined && method?.kind === 'string' && wantsNothing(method.value);
  return isNotified ? { kind: 'unreadable', code, silent: true } : { kind: 'unreadable', code };
}
