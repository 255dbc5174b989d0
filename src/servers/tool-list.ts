import { quotedName } from '../core/text/name-list.js';
import { counted } from '../core/text/plural.js';
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
  const nameless: number[] = [];
  for (const [index, element] of elements.entries()) {
    const { names } = element;
    if (names.length === 0) nameless.push(index + 1);
    for (const name of names) {
      const same = byName.get(name);
      if (same) same.push(element);
      else byName.set(name, [element]);
    }
  }
  const warnings = aboutNameless(nameless);
  const tools = [...byName].map(([name, listed]) => toolOf(name, listed));
  for (const [name, { length }] of byName) {
    const distinct = new Set(byName.get(name)?.map(({ text }) => text)).size;
    if (length > 1 && distinct === 1)
      warnings.push(`The tool ${quotedName(name)} is listed ${times(length)}.`);
  }
  return { tools, warnings: [...warnings, ...tools.flatMap(({ oddities }) => oddities)] };
}

/** More elements that are no tools are counted, not named: a server must not fill a terminal. */
const MOST_NAMELESS = 5;

function aboutNameless(places: readonly number[]): string[] {
  const named = places
    .slice(0, MOST_NAMELESS)
    .map((place) => `Element ${place} of the list is not a tool with a name.`);
  const more = places.length - named.length;
  if (more === 0) return named;
  return [
    ...named,
    `${counted(more, 'more element')} of the list ${more === 1 ? 'is no tool' : 'are no tools'} with a name.`,
  ];
}

function toolOf(name: string, listed: readonly ListedElement[]): ListedTool {
  const distinct = [...new Map(listed.map((each) => [each.text, each])).values()];
  const worst = worstOf(name, distinct);
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

/** The first of the worst. Each is classified once. */
function worstOf(name: string, listed: readonly ListedElement[]): ListedElement | undefined {
  if (listed.length < 2) return listed[0];
  return listed
    .map((element) => ({ element, category: classifyListed(name, element).category }))
    .reduce((worst, each) => (isWorse(each.category, worst.category) ? each : worst)).element;
}

function rawOf(element: ListedElement | undefined): unknown {
  return element?.isJson ? JSON.parse(element.text) : undefined;
}

function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}
