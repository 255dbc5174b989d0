import type { ToolAnnotations } from '../tool-definition.js';
import type { Act } from './clause.js';
import { type TextReading, worstAct } from './description.js';
import { type Finding, isWorse, quoted } from './finding.js';
import type { NameReading } from './name.js';
import type { ParametersReading } from './parameters.js';

/** All that is known of a tool, each part read for itself. */
export interface Known {
  name: NameReading;
  text: TextReading;
  parameters: ParametersReading;
  annotations: ToolAnnotations;
}

const ASKS_ONLY =
  /\b(?:read[- ]?only|readonly)\b|\bonly\s+(?:\w+\s+){0,2}select\b|\bselect[- ]only\b|\bselect (?:quer(?:y|ies)|statements?)\b/i;
const SQL = /\b(?:sql|cypher|graphql|gql|mongodb query|aql|database quer(?:y|ies))\b/i;

/** The findings that hold when the parts are seen together. The worst of them is what the tool does. */
export function weigh(known: Known): Finding[] {
  const { name, parameters } = known;
  const findings: Finding[] = [];
  if (name.floor) findings.push(name.floor);
  if (name.query) findings.push(...queryFindings(known));
  if (parameters.operation) findings.push(parameters.operation);
  findings.push(...languageFindings(known, findings));
  findings.push(...textFindings(known, findings));
  findings.push(...hintFindings(known, findings));
  return findings;
}

/** What a query can do is for its language and for the limits that the text sets it. */
function queryFindings({ name, text, parameters }: Known): Finding[] {
  const bounded = text.asksOnly || ASKS_ONLY.test(parameters.texts);
  const free =
    name.query === 'free' ||
    parameters.language !== undefined ||
    text.lead.some(({ freeForm }) => freeForm) ||
    SQL.test(parameters.texts) ||
    text.database;
  if (name.floor && name.floor.category !== 'read') return [];
  if (bounded) return [{ category: 'read', because: 'a query that may only ask' }];
  if (name.query === 'bounded' && !parameters.language)
    return [{ category: 'read', because: `${quoted('query')} in the name` }];
  if (free)
    return [
      parameters.language ?? {
        category: 'execute',
        because: 'a query in a language that can do more than ask',
      },
    ];
  const reads = text.lead.length > 0 && text.lead.every(({ category }) => category === 'read');
  return [
    reads
      ? { category: 'read', because: told(text.lead[0]) }
      : { category: 'execute', because: `a free ${quoted('query')}` },
  ];
}

/** A parameter that takes a language is power where the tool is not known to do something else with it. */
function languageFindings({ name, text, parameters }: Known, before: readonly Finding[]): Finding[] {
  const { language, run } = parameters;
  if (!language) return [];
  if (run && !text.asksOnly) return [run];
  if (text.asksOnly || ASKS_ONLY.test(parameters.texts)) return [];
  const runs = text.lead.some(({ freeForm }) => freeForm);
  const says = before.length > 0 || name.floor !== undefined;
  return runs || !says
    ? says ||
      runs ||
      !text.lead.some(({ certain }) => certain) ||
      text.lead.some((act) => isWorse(act.category, 'write'))
      ? [language]
      : []
    : [];
}

function textFindings({ name, text, parameters }: Known, before: readonly Finding[]): Finding[] {
  const findings: Finding[] = [];
  const freeForm =
    before.some(({ category }) => category === 'execute') &&
    (parameters.language !== undefined || name.query !== undefined || text.lead.some((act) => act.freeForm));
  const lead = worstAct(text.lead);
  const later = worstAct(text.later);
  if (before.length === 0) {
    const mild = lead?.category === 'read' && lead.certain;
    const lowered = mild && !name.guarded && !parameters.changes && !parameters.language;
    if (lead && (lowered || (lead.category !== 'read' && lead.certain)))
      findings.push({ category: lead.category, because: told(lead) });
  } else if (
    lead &&
    isWorse(lead.category, 'read') &&
    lead.certain &&
    !isCovered(lead, freeForm, before, text)
  )
    findings.push({ category: lead.category, because: told(lead) });
  if (later?.certain && (later.category === 'destructive' || later.category === 'financial') && !freeForm)
    findings.push({ category: later.category, because: told(later) });
  return findings;
}

/** Whatever a language can do, running it is to run it; and a search that is run is a search. */
function isCovered(lead: Act, freeForm: boolean, before: readonly Finding[], text: TextReading): boolean {
  if (freeForm && lead.category !== 'financial') return true;
  const reads = before.every(({ category }) => category === 'read');
  return reads && lead.freeForm && text.asksOnly;
}

function hintFindings({ annotations }: Known, before: readonly Finding[]): Finding[] {
  if (annotations.destructiveHint === true) {
    if (before.length === 0)
      return [{ category: 'destructive', because: 'it calls itself destructive (destructiveHint)' }];
    if (before.every(({ category }) => category === 'read'))
      return [{ category: 'write', because: 'it calls itself destructive (destructiveHint)' }];
  }
  return [];
}

function told(act: Act | undefined): string {
  return `${quoted(act?.text ?? '')} in the description`;
}
