import { type Category, type Classification, RISKS } from '../category.js';
import type { ToolDefinition } from '../definition.js';
import { contradictions } from './contradictions.js';
import { type Evidence, worstEvidence } from './evidence.js';
import { marksOf } from './marks.js';
import { readName } from './names/read-name.js';
import { readParameters } from './parameters/read-parameters.js';
import { readText, type TextReading } from './texts/read-text.js';
import { weigh } from './weigh.js';

export interface ClassifyOptions {
  /** Whether the server's hints may make a tool milder than what else is known of it. */
  trustAnnotations?: boolean | undefined;
}

const UNKNOWN: Evidence = { category: 'write', because: 'nothing shows for certain what it does' };
/** A text alone does not make a tool one that reads, where its name could be anything. */
const UNPROVED: Evidence = {
  category: 'write',
  because: 'its description says that it reads, which its name does not',
};
const MOST_EVIDENCE = 4;
const NO_TEXT: TextReading = { text: '', lead: [], later: [] };

/**
 * Says what a tool does: the worst that its name, its description and its parameters say. The server is not trusted: what it says of the
 * tool makes the class worse, never milder than the name. Where the name says nothing, the description may say that the tool reads,
 * unless anything else is dangerous; a tool of which nothing is known is one that writes.
 */
export function classify(tool: ToolDefinition, options: ClassifyOptions = {}): Classification {
  const wary = waryClass(tool);
  return options.trustAnnotations ? trustingClass(tool, wary) : wary;
}

/** The same for a server whose hints are trusted, of which `wary` is what it is without them. */
export function trustingClass(tool: ToolDefinition, wary: Classification): Classification {
  const category = trusted(wary.category, tool);
  if (category === wary.category) return wary;
  const evidence = ['its hints, which the policy trusts', ...wary.evidence];
  return { ...wary, category, risk: RISKS[category], known: true, evidence };
}

function waryClass(tool: ToolDefinition): Classification {
  const name = readName(tool.name);
  const text = tool.description ? readText(tool.description) : titleOf(tool);
  const parameters = readParameters(tool.inputSchema);
  const annotations = tool.annotations ?? {};
  const findings = weigh({ name, text, parameters, annotations });
  const sure = worstEvidence(findings);
  const found = sure ?? name.hint ?? (saysThatItReads(text) ? UNPROVED : UNKNOWN);
  const { category } = found;
  const evidence = [found, ...findings.filter((each) => each !== found && each.category === category)];
  return {
    category,
    risk: RISKS[category],
    known: found !== UNKNOWN,
    marks: marksOf({ name, text, parameters, category }),
    evidence: evidence.slice(0, MOST_EVIDENCE).map(({ because }) => because),
    contradictions: contradictions({ found: sure, text, name, annotations }),
  };
}

function saysThatItReads({ lead }: TextReading): boolean {
  return lead.some(({ category, certain }) => category === 'read' && certain);
}

function titleOf({ title, annotations }: ToolDefinition): TextReading {
  const text = title ?? annotations?.title;
  return text ? readText(text) : NO_TEXT;
}

function trusted(category: Category, { annotations }: ToolDefinition): Category {
  if (annotations?.readOnlyHint === true && annotations.destructiveHint !== true) return 'read';
  if (annotations?.destructiveHint === false && category === 'destructive') return 'write';
  return category;
}
