import type { Finding } from '../../../../src/core/authoring/lint/finding.js';
import { lint } from '../../../../src/core/authoring/lint/lint.js';
import { knownTool, type LintSubject } from '../../../../src/core/authoring/lint/subject.js';
import { expressionReader } from '../../../../src/core/policy/conditions/cel.js';
import type { ExtendsChain } from '../../../../src/core/policy/document/chain.js';
import type { ToolDefinition } from '../../../../src/core/tools/definition.js';
import { chainOf, policyOf, type Written } from '../../policy/policies.js';

export const expressions = expressionReader({ home: '/home/me', windows: false });

/** A tool whose arguments have these schemas. */
export function tool(name: string, properties?: Record<string, unknown>, more: object = {}): ToolDefinition {
  return { name, inputSchema: { type: 'object', ...(properties && { properties }), ...more } };
}

export function subjectOf(
  chains: readonly ExtendsChain[],
  tools: readonly (ToolDefinition | string)[],
  { server = 'server', general = [] as string[] } = {},
): LintSubject {
  const definitions = tools.map((each) => (typeof each === 'string' ? tool(each) : each));
  return {
    policy: policyOf(chains, server),
    chains,
    general: new Set(general),
    tools: definitions.map(knownTool),
    expressions,
  };
}

/** What shows when one file is compared with tools; a default of `deny` goes without saying. */
export function lintOf(
  written: Written,
  tools: readonly (ToolDefinition | string)[],
  options: { server?: string; general?: string[] } = {},
): Finding[] {
  return lint(subjectOf([chainOf({ default: 'deny', ...written })], tools, options));
}

/** `error no-such-tool /tools/x: message | help`, without what is only good to know about unnamed tools. */
export function told(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ rule, severity }) => rule !== 'unnamed-tool' || severity !== 'info')
    .map(
      ({ severity, rule, place, message, help }) =>
        `${severity} ${rule} ${place.pointer}: ${message} | ${help}`,
    );
}
