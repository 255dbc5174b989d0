import { isRecord } from '../../json/is-record.js';
import { isJson } from '../../json/scan.js';
import { type Classification, isWorse, RISKS, worseOf } from '../category.js';
import { type ClassifyOptions, classify, trustingClass } from '../classify/classify.js';
import { type ListedText, type ToolDefinition, toolDefinition } from '../definition.js';
import { outlineObject } from './outline.js';

/** What a tool is counted as at least when its definition has no single reading: nobody knows what its client was shown. */
const UNREADABLE = 'destructive';

/** The class of a tool by all that its server lists under its name; of several definitions the worst. */
export function classifyTool(tool: ToolDefinition, options: ClassifyOptions = {}): Classification {
  const [first, ...others] = tool.listed ?? [];
  if (first === undefined) return classify(tool, options);
  return others
    .map((each) => classifyListed(tool.name, each, options))
    .reduce(worseOf, classifyListed(tool.name, first, options));
}

/** The class of a tool that its server has listed as this JSON text; of several readings the worst. */
export function classifyListed(
  name: string,
  { text, flaw }: ListedText,
  options: ClassifyOptions = {},
): Classification {
  if (flaw === undefined) return classify(toolDefinition(JSON.parse(text)) ?? { name }, options);
  const [first, ...others] = readingsOf(name, text);
  const found = others.map((each) => classify(each, options)).reduce(worseOf, classify(first, options));
  return unreadable(found, flaw);
}

/** Its class, by whether hints of the server are trusted: both cost little more than one. */
export function listedClasses(
  name: string,
  { text, flaw }: ListedText,
): readonly (readonly [trusting: boolean, found: Classification])[] {
  if (flaw !== undefined)
    return [false, true].map(
      (trusting) => [trusting, classifyListed(name, { text, flaw }, { trustAnnotations: trusting })] as const,
    );
  const definition = toolDefinition(JSON.parse(text)) ?? { name };
  const wary = classify(definition);
  return [
    [false, wary],
    [true, trustingClass(definition, wary)],
  ];
}

/** The same class, made as bad as it has to be where something cannot be read. */
export function unreadable(found: Classification, flaw: string): Classification {
  if (!isWorse(UNREADABLE, found.category)) return found;
  const evidence = [`its definition has no single reading (${flaw})`, ...found.evidence];
  return { ...found, category: UNREADABLE, risk: RISKS[UNREADABLE], known: true, evidence };
}

/** More readings than this are not looked at: the class is the worst but one already. */
const MOST_READINGS = 4;

/** Its definition by the first of members that are there several times, by the second and so on, as far as parts can be read. */
function readingsOf(name: string, text: string): [ToolDefinition, ...ToolDefinition[]] {
  const members = new Map<string, unknown[]>();
  for (const { key, value } of outlineObject(text, 0).parts) {
    const known = members.get(key) ?? [];
    members.set(key, known);
    if (known.length < MOST_READINGS) known.push(readable(text.slice(value.start, value.end)));
  }
  const count = [...members.values()].reduce((most, { length }) => Math.max(most, length), 1);
  const reading = (index: number): ToolDefinition => {
    const parts = [...members].map(([key, values]) => [key, values[index] ?? values.at(-1)]);
    const definition = toolDefinition({ ...Object.fromEntries(parts), name });
    return definition ?? { name };
  };
  return [reading(0), ...Array.from({ length: count - 1 }, (_, index) => reading(index + 1))];
}

function readable(written: string): unknown {
  // A raw control character within a text does not keep the rest of it from being read.
  if (!isJson(written)) return written.startsWith('"') ? written.slice(1, -1) : undefined;
  const value: unknown = JSON.parse(written);
  return isRecord(value) || typeof value === 'string' ? value : undefined;
}
