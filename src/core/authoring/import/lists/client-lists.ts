import { serverIdentity } from '../../../tools/server-id.js';
import { type Foreign, foreignList, foreignText, isForeign } from '../foreign-policy.js';
import type { ListedRule, RuleList } from './rule-list.js';

/** Where configs of clients have their servers. */
const SERVERS = ['mcpServers', 'mcp_servers', 'servers', 'context_servers', 'mcp'];
/** Keys of an entry, by what they mean. Of several names for one thing, each belongs to other clients. */
const ALLOWED = ['alwaysAllow', 'autoApprove', 'auto_approve'];
const HIDDEN = ['disabledTools', 'disabled_tools', 'excludeTools'];
/** With one of these, no other tool is there. */
const ONLY = ['includeTools', 'enabled_tools', 'enabledTools', 'tools'];

/** Whether this is the config of a client in which some entry says what may be done with its tools. */
export function hasToolLists(document: Foreign): boolean {
  return entriesOf(document).some(([, entry]) => rulesOf('', entry).length > 0);
}

/** The lists inside the entries of servers: what runs unasked, what is hidden, and what alone is there. */
export function clientLists(document: Foreign): RuleList {
  const entries = entriesOf(document);
  const ids = entries.map(([, entry]) => idOf(entry));
  // Where several have one id, the lists of one are not those of the others.
  const isAlone = (id: string | undefined): id is string =>
    id !== undefined && ids.indexOf(id) === ids.lastIndexOf(id);
  const rules = entries.flatMap(([name, entry], index) => {
    const id = ids[index];
    return rulesOf(isAlone(id) ? id : name, entry);
  });
  return {
    product: 'an MCP client',
    rules,
    byId: ids.every(isAlone),
    fallback: 'require_approval',
    notes: [],
  };
}

function entriesOf(document: Foreign): [string, Foreign][] {
  return SERVERS.flatMap((key) => {
    const servers = document[key];
    if (!isForeign(servers)) return [];
    return Object.entries(servers).filter((entry): entry is [string, Foreign] => isForeign(entry[1]));
  });
}

/** The name by which policies know the server, where its command tells that. */
function idOf({ command, args }: Foreign): string | undefined {
  const words = [...foreignList(command), ...(args === undefined ? [] : foreignList(args))];
  const [program, ...rest] = words.flatMap((word) => foreignText(word) ?? []);
  if (program === undefined || rest.length !== words.length - 1) return undefined;
  const { id, certain } = serverIdentity(program, rest);
  return certain && id !== 'policy-wrap' ? id : undefined;
}

function rulesOf(server: string, entry: Foreign): ListedRule[] {
  const named = (keys: readonly string[]) =>
    keys.flatMap((key) =>
      Array.isArray(entry[key]) ? foreignList(entry[key]).flatMap((name) => foreignText(name) ?? []) : [],
    );
  const rule = (action: ListedRule['action'], priority: number) => (tool: string) => ({
    server,
    tool,
    action,
    priority,
  });
  const only = named(ONLY);
  return [
    ...named(HIDDEN).map(rule('hide', 3)),
    ...named(ALLOWED).map(rule('allow', 2)),
    // Gemini CLI: no call of this server is asked about.
    ...(entry['trust'] === true ? [rule('allow', only.length > 0 ? 0 : 1)('*')] : []),
    ...only
      .filter((tool) => tool !== '*')
      .map(rule(entry['trust'] === true ? 'allow' : 'require_approval', 1)),
    ...(only.length > 0 && !only.includes('*') ? [rule('hide', 0)('*')] : []),
    ...(entry['disabled'] === true || entry['enabled'] === false ? [rule('deny', 4)('*')] : []),
  ];
}
