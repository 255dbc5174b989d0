import { quotedName } from '../core/text/name-list.js';
import { isWorse } from '../core/tools/category.js';
import { type ListedText, type ToolDefinition, toolDefinition } from '../core/tools/definition.js';
import { classifyListed } from '../core/tools/listing/classify-listed.js';
import type { ListedElement } from '../core/tools/listing/element.js';
import type { ListedTool } from './server-tools.js';

/**
 * Takes the tools out of what pages list, and says what is odd. A name that is there several times is here once, as bad as the worst
 * of its definitions: so it is while the server runs.
 */
export function toolsOf(elements: readonly ListedElement[]): { tools: ListedTool[]; warnings: string[] } {
  const byName = new Map<string, ListedElement[]>();
  const warnings: string[] = [];
  for (const [index, element] of elements.entries()) {
    const { names } = element;
    if (names.length === 0) warnings.push(`Element ${index + 1} of the list is not a tool with a name.`);
    for (const name of names) {
      const same = byName.get(name);
      if (same) same.push(element);
      else byName.set(name, [element]);
    }
  }
  const tools = [...byName].map(([name, listed]) => toolOf(name, listed));
  for (const [name, { length }] of byName) {
    const distinct = new Set(byName.get(name)?.map(({ text }) => text)).size;
    if (length > 1 && distinct === 1)
      warnings.push(`The tool ${quotedName(name)} is listed ${times(length)}.`);
  }
  return { tools, warnings: [...warnings, ...tools.flatMap(({ oddities }) => oddities)] };
}

function toolOf(name: string, listed: readonly ListedElement[]): ListedTool {
  const distinct = [...new Map(listed.map((each) => [each.text, each])).values()];
  const [worst] = [...distinct].sort((one, other) => compare(name, one, other));
  const raw = rawOf(worst);
  const oddities = [
    ...(distinct.length > 1
      ? [
          `The tool ${quotedName(name)} is listed ${times(distinct.length)}, with different definitions; the worst applies.`,
        ]
      : []),
    ...distinct.flatMap(({ flaw }) =>
      flaw === undefined
        ? []
        : [
            `The definition of the tool ${quotedName(name)} has no single reading (${flaw}), so it counts as destructive.`,
          ],
    ),
  ];
  const definition: ToolDefinition = { ...(toolDefinition(raw) ?? {}), name };
  return { ...definition, ...(oddities.length > 0 && { listed: distinct.map(partOf) }), raw, oddities };
}

function partOf({ text, flaw }: ListedElement): ListedText {
  return { text, flaw };
}

/** The worst first. */
function compare(name: string, one: ListedElement, other: ListedElement): number {
  const [a, b] = [classifyListed(name, one).category, classifyListed(name, other).category];
  return isWorse(a, b) ? -1 : isWorse(b, a) ? 1 : 0;
}

function rawOf(element: ListedElement | undefined): unknown {
  return element?.isJson ? JSON.parse(element.text) : undefined;
}

function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}
