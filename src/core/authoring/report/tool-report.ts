import type { Layer, Policy } from '../../policy/compile/policy.js';
import { classOf } from '../../policy/compile/written-category.js';
import { type Preview, preview } from '../../policy/decide/preview.js';
import { type Category, type Classification, isWorse, type Mark, type Risk } from '../../tools/category.js';
import { isOperationName, sortedByDanger } from '../../tools/classify/parameters/operations.js';
import type { ToolDefinition } from '../../tools/definition.js';
import { classifyTool } from '../../tools/listing/classify-listed.js';
import { type Parameters, parametersOf } from '../../tools/parameters.js';
import { type Choices, type Snippet, snippetsFor } from './snippets.js';
import { suspicionsAmong } from './suspicions.js';
import { warningsOf } from './tool-warnings.js';
import { whyPolicy } from './why-policy.js';

/** All that is said of a tool before it is called, for people and programs. Texts of the server are as they came. */
export interface ToolReport {
  name: string;
  title: string | undefined;
  description: string | undefined;
  /** What the policy takes it for. */
  category: Category;
  risk: Risk;
  /** False where nothing says what it does. */
  known: boolean;
  marks: readonly Mark[];
  /** Why, the one that decides first. */
  evidence: string[];
  /** What it looks like, where the policy says that it is something else. */
  classified: Classification | undefined;
  parameters: Parameters;
  /** Where the server says something else of the tool than it looks like. */
  contradictions: string[];
  /** What else is odd. */
  warnings: string[];
  /** It comes before riskier tools: it is new or has changed since it was locked, or may be meant to mislead. */
  comesFirst: boolean;
  decision: Preview;
  why: string[];
  snippets: Snippet[];
}

/** Of one tool, for people: one is enough to look twice. */
const MOST_SUSPICIONS = 5;

const RISK_ORDER: readonly Risk[] = ['critical', 'high', 'medium', 'low'];

type Listed = ToolDefinition & { raw?: unknown };

/** What locks say of tools. */
export interface SinceLocks {
  /** What has changed, one sentence for each tool that is another than it was, by its name. */
  changes: ReadonlyMap<string, string>;
  /** See `Call.hasWorsened`. */
  hasWorsened(name: string, layer: Layer): boolean;
}

const NO_LOCKS: SinceLocks = { changes: new Map(), hasWorsened: () => false };

/** Reports on all tools of a server: first those to look twice at, then the riskiest. */
export function toolReports(tools: readonly Listed[], policy: Policy, since = NO_LOCKS): ToolReport[] {
  const suspicions = suspicionsAmong(tools);
  const reports = tools.map((tool) => reportOf(tool, policy, suspicions.get(tool.name) ?? [], since));
  return reports.sort(
    (one, other) =>
      Number(other.comesFirst) - Number(one.comesFirst) ||
      RISK_ORDER.indexOf(one.risk) - RISK_ORDER.indexOf(other.risk) ||
      Number(one.name > other.name) - Number(one.name < other.name),
  );
}

function reportOf(
  tool: Listed,
  policy: Policy,
  suspicions: readonly string[],
  since: SinceLocks,
): ToolReport {
  const { name, title, description, annotations } = tool;
  const trustAnnotations = policy.layers.every((layer) => layer.trustsAnnotations);
  const found = classifyTool(tool, { trustAnnotations });
  const hasWorsened = (layer: Layer) => since.hasWorsened(name, layer);
  const decision = preview(policy, name, found, hasWorsened);
  const said = writtenClass(decision, found, policy.layers.some(hasWorsened));
  const { category, risk, known } = said ?? found;
  const overridden = said !== undefined && (category !== found.category || known !== found.known);
  const parameters = parametersOf(tool.inputSchema);
  const change = since.changes.get(name);
  return {
    name,
    title: title ?? annotations?.title,
    description,
    category,
    risk,
    known,
    marks: found.marks,
    evidence: [...(overridden ? ['the policy says so'] : []), ...found.evidence],
    classified: overridden ? found : undefined,
    parameters,
    contradictions: found.contradictions,
    warnings: [
      ...(change === undefined ? [] : [change]),
      ...suspicions.slice(0, MOST_SUSPICIONS),
      ...warningsOf(tool, parameters),
    ],
    comesFirst: change !== undefined || suspicions.length + found.contradictions.length > 0,
    decision,
    why: whyPolicy(name, category, parameters),
    snippets: snippetsFor(name, {
      choices: choicesIn(parameters),
      limitsRepeats: decision.limitsRepeats,
      action: isOfEntry(decision) ? decision.action : undefined,
    }),
  };
}

/** What the policy says that the tool is, unless that was said of another definition, which was milder. */
function writtenClass({ category }: Preview, found: Classification, hasWorsened: boolean) {
  const said = category && classOf(category);
  return said && hasWorsened && isWorse(found.category, said.category) ? undefined : said;
}

/** Whether an entry of the tool, and not its category or the default, decides. */
function isOfEntry({ rule }: Preview): boolean {
  return /^(?:\/servers\/[^/]+)?\/tools\//.test(rule?.pointer ?? '');
}

/** The first parameter of the tool itself that chooses among what reads or writes and what does worse. */
function choicesIn({ list }: Parameters): Choices | undefined {
  for (const { name, enum: values } of list) {
    if (!isOperationName(name) || !/^[\w-]+$/.test(name)) continue;
    const choices = {
      parameter: name,
      ...sortedByDanger((values ?? []).filter((value) => typeof value === 'string')),
    };
    if (choices.dangerous.length > 0 && choices.mild.length > 0) return choices;
  }
  return undefined;
}

/** How many tools there are of each risk, the worst first; risks that none has are left out. */
export function countByRisk(reports: readonly ToolReport[]): { risk: Risk; count: number }[] {
  return RISK_ORDER.map((risk) => ({
    risk,
    count: reports.filter((report) => report.risk === risk).length,
  })).filter(({ count }) => count > 0);
}
