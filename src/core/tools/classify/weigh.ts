import type { ToolAnnotations } from '../definition.js';
import { type Evidence, quotedWord } from './evidence.js';
import type { NameReading } from './names/read-name.js';
import type { ParametersReading } from './parameters/read-parameters.js';
import type { Act } from './texts/act.js';
import { asksOnly, namesLanguage, storesLocally, warningIn } from './texts/phrases.js';
import { type TextReading, worstAct } from './texts/read-text.js';

/** All that is known of a tool, each part read for itself. */
export interface ToolReadings {
  name: NameReading;
  text: TextReading;
  parameters: ParametersReading;
  annotations: ToolAnnotations;
}

/** Verbs that a reading tool's text has only when it does more than read. */
const STRONGLY =
  /^(?:create|add|write|save|store|insert|update|modify|edit|send|upload|download|register|overwrite|append|import|publish|assign|rename|move|copy|activate|mark|subscribe|unsubscribe|enable|disable|toggle|set|change|configure)$/;

/** The findings that hold when the parts are seen together. The worst of them is what the tool does. */
export function weigh(known: ToolReadings): Evidence[] {
  const { name, parameters } = known;
  const findings: Evidence[] = [];
  if (name.floor) findings.push(name.floor);
  if (name.query) findings.push(...queryFindings(known));
  findings.push(...operationFindings(known));
  if (parameters.saves) findings.push(parameters.saves);
  findings.push(...languageFindings(known, findings));
  findings.push(...textFindings(known, findings));
  findings.push(...warningFindings(known, findings));
  findings.push(...hintFindings(known, findings));
  return findings;
}

/** Events are listed by what was done (`list_events` with an `action`); a tool that does it has to be told what. */
function operationFindings({ name, parameters }: ToolReadings): Evidence[] {
  const { operation, required, request } = parameters;
  const chosen = name.floor?.category === 'read' && !name.verbless ? required : operation;
  return [chosen, request].filter((finding) => finding !== undefined);
}

/** What a query can do is for its language and for the limits that the text sets it. */
function queryFindings({ name, text, parameters }: ToolReadings): Evidence[] {
  const { language, texts } = parameters;
  if (name.floor && name.floor.category !== 'read') return [];
  if (asksOnly(text.text) || asksOnly(texts))
    return [{ category: 'read', because: 'a query that can only ask' }];
  if (name.query === 'bounded' && !language)
    return [{ category: 'read', because: `${quotedWord('query')} in the name` }];
  if (language) return [language];
  const free =
    name.query === 'free' ||
    text.lead.some(({ freeForm }) => freeForm) ||
    namesLanguage(texts) ||
    namesLanguage(text.text);
  if (free) return [{ category: 'execute', because: 'a query in a language that can do more than ask' }];
  const [lead] = text.lead;
  const reads = lead !== undefined && text.lead.every(({ category }) => category === 'read');
  return [
    reads
      ? { category: 'read', because: told(lead) }
      : { category: 'execute', because: `a free ${quotedWord('query')}` },
  ];
}

/** A parameter that takes a language is power where the tool runs what it takes, and where nothing says what it does with it. */
function languageFindings({ name, text, parameters }: ToolReadings, before: readonly Evidence[]): Evidence[] {
  const { language, run, texts } = parameters;
  if (!language || (parameters.asks && (asksOnly(text.text) || asksOnly(texts)))) return [];
  if (run) return [run];
  if (text.lead.some(({ freeForm }) => freeForm)) return [language];
  if (parameters.asks && name.fetches) return [language];
  const lead = worstAct(text.lead);
  const known = before.length > 0 || name.rewording || (lead?.category === 'read' && !lead.weak);
  return known ? [] : [language];
}

function textFindings(known: ToolReadings, before: readonly Evidence[]): Evidence[] {
  const { text } = known;
  const acts = [worstAct(text.lead), worstAct(text.later)].filter((act) => act !== undefined);
  return acts
    .filter((act) => (act.category === 'read' ? mayRead(known, before) : !isCovered(act, known, before)))
    .map((act) => ({ category: act.category, because: told(act) }));
}

/** The description of a tool whose name says nothing may say that it reads, where nothing else makes that doubtful. */
function mayRead(
  { name, text, parameters, annotations }: ToolReadings,
  before: readonly Evidence[],
): boolean {
  const [lead] = text.lead;
  if (before.length > 0 || lead === undefined || name.guarded || parameters.changes) return false;
  if (annotations.destructiveHint === true || annotations.readOnlyHint === false) return false;
  if (parameters.language && !name.rewording) return false;
  if (/^download/i.test(lead.text) && (parameters.local || storesLocally(text.text))) return false;
  return (
    (lead.category === 'read' && lead.certain) ||
    text.lead.some((act) => /^(?:return|provide|show)s?$/i.test(act.text))
  );
}

/** Whether what a text says is no more than is known: whatever a language can do, running it is to run it; a search that is run is a search. */
function isCovered(act: Act, { name, text, parameters }: ToolReadings, before: readonly Evidence[]): boolean {
  const runs = before.some(({ category }) => category === 'execute');
  const freeForm =
    parameters.language !== undefined || name.query !== undefined || text.lead.some((each) => each.freeForm);
  if (runs && freeForm) return act.category !== 'financial';
  if (name.undoing && /^(?:remove|clear|reset|drop|discard|revoke|terminate)$/.test(act.verb)) return true;
  if (act.weak && name.floor && isSaidToBeDone(name.whole, text.text)) return true;
  if (before.length === 0 || before.some(({ category }) => category !== 'read')) return false;
  if (act.category === 'write' && !STRONGLY.test(act.verb)) return true;
  const reading = text.lead.some(({ category }) => category === 'read');
  return (
    act.weak ||
    (act.freeForm && asksOnly(text.text)) ||
    (act.category === 'write' && reading && text.lead.includes(act))
  );
}

/** Where the name says nothing for certain, harm that stays is harm. */
function warningFindings({ name, text }: ToolReadings, before: readonly Evidence[]): Evidence[] {
  if (name.floor || before.some(({ category }) => category === 'read')) return [];
  const warning = warningIn(text.text);
  return warning === undefined
    ? []
    : [{ category: 'destructive', because: `${quotedWord(warning)} in the description` }];
}

/** A hint decides where nothing else says anything. */
function hintFindings({ text, annotations }: ToolReadings, before: readonly Evidence[]): Evidence[] {
  if (annotations.destructiveHint !== true || before.length > 0 || text.lead.length > 0) return [];
  return [{ category: 'destructive', because: 'it calls itself destructive (destructiveHint)' }];
}

function told({ text }: Act): string {
  return `${quotedWord(text)} in the description`;
}

const LONGEST_BEGINNING = 200;

/** `Execute the update_broker operation` says no more than that the tool does what its name says. */
function isSaidToBeDone(name: string, text: string): boolean {
  const [sentence = ''] = text.slice(0, LONGEST_BEGINNING).split(/[.\n]/, 1);
  return (
    /^\s*(?:executes?|performs?|invokes?|runs?|calls?)\b/i.test(sentence) &&
    sentence.split(/[^\w-]+/).includes(name)
  );
}
