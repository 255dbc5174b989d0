import type { Policy } from '../../policy/compile/policy.js';
import { preview } from '../../policy/decide/preview.js';
import { yamlText } from '../../text/yaml-text.js';
import type { ToolDefinition } from '../../tools/definition.js';
import { WRITES_PER_MINUTE } from './draft.js';
import { draftTools } from './draft-tools.js';

const DANGEROUS = new Set(['execute', 'destructive', 'financial', 'unknown']);

/** Tests that each tool that is dangerous, or may be, is treated as the policy says today, and each that a person is asked about, so that nobody loosens it unseen. */
export function dangerTests(policy: Policy, definitions: readonly ToolDefinition[]): string[] {
  return draftTools(definitions)
    .groups.flatMap(({ tools }) => tools)
    .flatMap(({ name, category, caution }) => {
      if (!DANGEROUS.has(category) && caution === undefined) return [];
      const { action } = preview(policy, name);
      return action === 'allow' && !DANGEROUS.has(category) ? [] : [testLine(policy, name, action)];
    });
}

/** A test that writes are limited, and one for a tool that the server has not yet. */
export function sampleTests(policy: Policy, definitions: readonly ToolDefinition[]): string[] {
  const { groups } = draftTools(definitions);
  const writing = groups
    .find(({ category }) => category === 'write')
    ?.tools.find(({ caution }) => caution === undefined)?.name;
  const taken = new Set(definitions.map(({ name }) => name));
  const later = 'delete_everything';
  return [
    ...(writing === undefined ? [] : [writingTest(policy, writing)]),
    ...(taken.has(later) ? [] : [testLine(policy, later, preview(policy, later).action)]),
  ];
}

function writingTest(policy: Policy, name: string): string {
  const { action, limits } = preview(policy, name);
  if (limits.length === 0) return testLine(policy, name, action);
  const times = `times: ${WRITES_PER_MINUTE + 1}, `;
  return testLine(policy, name, `[${action} x${WRITES_PER_MINUTE}, limited]`, times);
}

function testLine({ server }: Policy, name: string, expected: string, more = ''): string {
  return `- { server: ${yamlText(server)}, call: ${yamlText(name)}, ${more}expect: ${expected} }`;
}
