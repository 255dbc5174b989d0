import type { Action } from '../../../policy/document/document.js';
import { type Foreign, foreignList, foreignText, isForeign, unknownKeys } from '../foreign-policy.js';
import type { ListedRule, RuleList } from './rule-list.js';

const DECISIONS: Readonly<Record<string, Action>> = {
  allow: 'allow',
  deny: 'deny',
  ask_user: 'require_approval',
};
/** What narrows a rule in a way that cannot be said here. */
const CONDITIONS: Readonly<Record<string, string>> = {
  argsPattern: 'the arguments match a pattern',
  commandPrefix: 'the command begins so',
  commandRegex: 'the command matches a pattern',
  modes: 'the client is in certain modes',
  toolAnnotations: 'the server annotates the tool so',
  interactive: 'the client can ask, or cannot',
};
const KNOWN = [
  'toolName',
  'mcpName',
  'decision',
  'priority',
  'denyMessage',
  'deny_message',
  ...Object.keys(CONDITIONS),
];
const ITS_OWN =
  /^(?:run_shell_command|read_file|write_file|replace|glob|grep_search|search_file_content|list_directory|web_fetch|google_web_search|save_memory|write_todos|ask_user|activate_skill)$/;

/** Whether this is a policy file of Gemini CLI. */
export function isGeminiPolicy(document: Foreign): boolean {
  const [first] = foreignList(document['rule']);
  return isForeign(first) && typeof first['decision'] === 'string';
}

/**
 * The rules of Gemini CLI: the one of the highest priority that fits decides.
 * https://geminicli.com/docs/reference/policy-engine/
 */
export function geminiPolicy(document: Foreign): RuleList {
  const written = foreignList(document['rule']).filter(isForeign);
  const own = written.filter(
    (rule) =>
      namesOf(rule).length > 0 &&
      namesOf(rule).every((name) => ITS_OWN.test(name)) &&
      rule['mcpName'] === undefined,
  );
  const rules = written.filter((rule) => !own.includes(rule)).flatMap(rulesOf);
  return {
    product: 'Gemini CLI',
    rules,
    fallback: 'require_approval',
    notes:
      own.length > 0
        ? [
            `${own.length} of the rules are about tools of Gemini CLI itself, which policy-wrap does not see: keep them there`,
          ]
        : [],
  };
}

function namesOf(rule: Foreign): string[] {
  return foreignList(rule['toolName']).flatMap((name) => foreignText(name) ?? []);
}

function rulesOf(rule: Foreign): ListedRule[] {
  const action = DECISIONS[foreignText(rule['decision']) ?? ''];
  const priority = typeof rule['priority'] === 'number' ? rule['priority'] : 0;
  const conditions = [
    ...Object.entries(CONDITIONS).flatMap(([key, text]) => (rule[key] === undefined ? [] : [text])),
    ...unknownKeys(rule, KNOWN).map((key) => `'${key}' says so`),
    ...(action === undefined ? ['its decision, which is not known, says so'] : []),
  ];
  const names = namesOf(rule);
  return (names.length > 0 ? names : ['*']).map((name) => ({
    ...subjectOf(name, foreignText(rule['mcpName'])),
    action: action ?? 'deny',
    priority,
    ...(conditions.length > 0 && { condition: conditions.join(' and ') }),
  }));
}

/** A tool of a server is called `mcp_server_tool` or `server__tool`, where `mcpName` does not say the server. */
function subjectOf(name: string, server: string | undefined): Pick<ListedRule, 'server' | 'tool'> {
  const [, prefixed, tool] = /^(?:mcp_)?([^_*]+)__?(.+)$/s.exec(/^mcp_|__/.test(name) ? name : '') ?? [];
  if (server === undefined || server === '*')
    return prefixed !== undefined && tool !== undefined
      ? { server: prefixed, tool }
      : { server: undefined, tool: name };
  const own = [`mcp_${server}_`, `${server}__`].find((start) => name.startsWith(start));
  return { server, tool: own === undefined ? name : name.slice(own.length) };
}
