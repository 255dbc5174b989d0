import type { Action } from '../../../policy/document/document.js';
import { type Foreign, foreignText, isForeign, NotConvertible } from '../foreign-policy.js';
import { type CedarPolicy, cedarPolicies } from './cedar-text.js';
import type { ListedRule, RuleList } from './rule-list.js';

/** The texts of the policies in an authorization config of ToolHive; undefined where it is none. */
export function cedarTexts(document: Foreign): string[] | undefined {
  const inner = document['cedar'];
  if (!isForeign(inner) || !Array.isArray(inner['policies'])) return undefined;
  return inner['policies'].map((text) => foreignText(text) ?? '');
}

/**
 * Policies in Cedar as ToolHive takes them: forbid before permit, and a refusal for everything else.
 * https://docs.stacklok.com/toolhive/reference/authz-policy-reference
 * @throws {NotConvertible} for a text that is not Cedar
 */
export function toolhivePolicy(texts: readonly string[]): RuleList {
  const policies = texts.flatMap((text, index) => {
    // Each policy of a config is a text of its own, mostly with its semicolon.
    const read = cedarPolicies(text) ?? cedarPolicies(`${text};`);
    if (read === undefined)
      throw new NotConvertible(`policy ${index + 1} is not Cedar: permit(…) or forbid(…), then a semicolon`);
    return read;
  });
  const tools = policies.filter(({ action }) => isAbout(action, 'call_tool'));
  const prompts = policies.filter(({ action }) => isAbout(action, 'get_prompt'));
  const resources = policies.filter(({ action }) => isAbout(action, 'read_resource'));
  return {
    product: 'ToolHive',
    rules: tools.flatMap((policy) => toolRules(policy, 'Tool')),
    fallback: 'deny',
    prompts: named(prompts, 'Prompt'),
    // Their names of resources are not the URIs.
    resources: { '*': resources.length > 0 ? 'require_approval' : 'deny' },
    notes:
      resources.length > 0
        ? ['rules about resources are left out, since their URIs are changed there: a person is asked']
        : [],
  };
}

/** An action that is not limited is every action. */
function isAbout(action: string, name: string): boolean {
  return (
    action === '' ||
    [...action.matchAll(/Action :: "((?:[^"\\]|\\.)*)"/g)].some(([, id]) => id === name) ||
    !/Action ::/.test(action)
  );
}

function toolRules({ effect, principal, resource, conditional }: CedarPolicy, type: string): ListedRule[] {
  const action: Action = effect === 'permit' ? 'allow' : 'deny';
  const ids = [...resource.matchAll(new RegExp(`${type} :: "((?:[^"\\\\\\\\]|\\\\\\\\.)*)"`, 'g'))].map(
    ([, id]) => id ?? '',
  );
  const isNamed = /^== /.test(resource) && ids.length === 1;
  const conditions = [
    ...(principal === '' ? [] : ['it is a certain user']),
    ...(conditional ? ['a condition holds'] : []),
    ...(resource !== '' && !isNamed ? [`the resource is ${resource.replaceAll(' :: ', '::')}`] : []),
  ];
  if (/^== /.test(resource) && !isNamed) return [];
  return [
    {
      server: undefined,
      tool: isNamed ? (ids[0] ?? '*') : '*',
      action,
      priority: effect === 'forbid' ? 1 : 0,
      ...(conditions.length > 0 && { condition: conditions.join(' and ') }),
    },
  ];
}

/** Names with what happens to them; everything else is refused. */
function named(policies: readonly CedarPolicy[], type: string): Record<string, Action> {
  const rules = policies.flatMap((policy) => toolRules(policy, type));
  const entries = [...new Set(rules.map(({ tool }) => tool))].map((tool): [string, Action] => {
    const about = rules.filter((rule) => rule.tool === tool || rule.tool === '*');
    if (about.some(({ action, condition }) => action === 'deny' && condition === undefined))
      return [tool, 'deny'];
    if (about.some(({ action }) => action === 'deny')) return [tool, 'require_approval'];
    return [tool, about.some(({ condition }) => condition === undefined) ? 'allow' : 'deny'];
  });
  return { '*': 'deny', ...Object.fromEntries(entries) };
}
