import { type Foreign, foreignList, foreignText, isForeign } from '../foreign-policy.js';
import type { ListedRule, RuleList } from './rule-list.js';

const LISTS = { deny: 'deny', ask: 'require_approval', allow: 'allow' } as const;

/** Whether this is a settings file of Claude Code with permissions in it. */
export function isClaudeSettings(document: Foreign): boolean {
  return isForeign(document['permissions']);
}

/**
 * The permissions of Claude Code about MCP tools: deny before ask before allow, and a question for everything else.
 * https://code.claude.com/docs/en/permissions
 */
export function claudePermissions(document: Foreign): RuleList {
  const permissions = isForeign(document['permissions']) ? document['permissions'] : {};
  const written = Object.entries(LISTS).flatMap(([list, action]) =>
    foreignList(permissions[list]).map((text) => ({ text: foreignText(text), action })),
  );
  const rules = written.flatMap(({ text, action }) => ruleOf(text, action) ?? []);
  const others = written.length - rules.length;
  const mode = foreignText(permissions['defaultMode']);
  return {
    product: 'Claude Code',
    rules: [...rules, ...disabledServers(document)],
    fallback: 'require_approval',
    notes: [
      ...(others > 0
        ? [
            `${others} of the permissions are about tools of Claude Code itself, which policy-wrap does not see: keep them there`,
          ]
        : []),
      ...(mode === undefined || mode === 'default'
        ? []
        : [`the mode '${mode}' is left out: what no rule names is asked about here`]),
    ],
  };
}

/** `mcp__server`, `mcp__server__*` or `mcp__server__tool`. */
function ruleOf(text: string | undefined, action: ListedRule['action']): ListedRule | undefined {
  const found = /^mcp__(.+?)(?:__([^()]+))?(\(.*\))?$/s.exec(text ?? '');
  if (found === null) return undefined;
  const [, server = '', tool = '*', condition] = found;
  return {
    server: server === '*' ? undefined : server,
    tool,
    action,
    priority: 0,
    ...(condition && condition !== '(*)' && { condition: `the arguments fit ${condition}` }),
  };
}

function disabledServers(document: Foreign): ListedRule[] {
  return foreignList(document['disabledMcpjsonServers'])
    .flatMap((name) => foreignText(name) ?? [])
    .map((server) => ({ server, tool: '*', action: 'deny', priority: 1 }));
}
