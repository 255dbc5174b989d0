import { splitIntoWords } from '../../text/split-words.js';
import { isWorse } from '../category.js';
import type { ToolAnnotations } from '../definition.js';
import { type Evidence, quotedWord } from './evidence.js';
import type { NameReading } from './names/read-name.js';
import type { ParametersReading } from './parameters/read-parameters.js';
import type { Act } from './texts/act.js';
import { asksOnly, costIn, namesLanguage, storesLocally, warningIn } from './texts/phrases.js';
import { type TextReading, worstAct } from './texts/read-text.js';
import { verbOf } from './vocabulary/verbs.js';

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

const FORCED_PUSH: Evidence = { category: 'destructive', because: 'it can push by force' };

/** The findings that hold when the parts are seen together. The worst of them is what the tool does. */
export function weigh(known: ToolReadings): Evidence[] {
  const { name } = known;
  const findings: Evidence[] = [];
  if (name.floor) findings.push(name.floor);
  if (name.query) findings.push(...queryFindings(known));
  findings.push(...parameterFindings(known));
  findings.push(...languageFindings(known, findings));
  findings.push(...textFindings(known, findings));
  findings.push(...warningFindings(known, findings));
  findings.push(...costFindings(known, findings));
  findings.push(...hintFindings(known, findings));
  return findings;
}

/** What is chosen, switched on, paid or saved by what the tool is called with. */
function parameterFindings({ name, parameters }: ToolReadings): Evidence[] {
  const { request, saves, switched, switchedOfReading, pays } = parameters;
  const reads = name.floor?.category === 'read';
  const forced = name.pushes && parameters.forces ? [FORCED_PUSH] : [];
  return [
    chosenOperation(name, parameters),
    request,
    saves,
    name.rehearses ? undefined : switched,
    reads ? switchedOfReading : undefined,
    name.hands ? pays : undefined,
    ...forced,
  ].filter((finding) => finding !== undefined);
}

/** Events are listed by what was done (`list_events` with an `action`); a tool that does it has to be told what. */
function chosenOperation(name: NameReading, { operation, chosen }: ParametersReading): Evidence | undefined {
  if (name.floor?.category !== 'read' || name.verbless) return operation;
  return name.rehearses || name.listsActs ? undefined : chosen;
}

/** What a query can do is for its language and for the limits that the text sets it. */
function queryFindings({ name, text, parameters }: ToolReadings): Evidence[] {
  const { language, texts } = parameters;
  if (name.floor && name.floor.category !== 'read') return [];
  // Whatever a text says of it, what is called `run` or `execute` runs what it is given.
  if (name.query !== 'bounded' && name.runs)
    return [language ?? { category: 'execute', because: `${quotedWord(`${name.runs} query`)} in the name` }];
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
  if (parameters.wordless)
    return [
      { category: 'read', because: `${quotedWord('query')} in the name, and no parameter that takes one` },
    ];
  const [lead] = text.lead;
  const reads = lead !== undefined && text.lead.every(({ category }) => category === 'read');
  return [
    reads
      ? { category: 'read', because: told(lead) }
      : { category: 'execute', because: `${quotedWord('query')} in the name` },
  ];
}

/** A parameter that takes a language is power where the tool runs what it takes, and where nothing says what it does with it. */
function languageFindings({ name, text, parameters }: ToolReadings, before: readonly Evidence[]): Evidence[] {
  const { language, run, command, texts } = parameters;
  if (run && !name.rehearses && !name.rewording) return [run];
  if (parameters.stages && name.aggregates) return [parameters.stages];
  if (command && name.floor?.category === 'read' && !name.rehearses) return [command];
  if (!language || (parameters.asks && (asksOnly(text.text) || asksOnly(texts)))) return [];
  if (run && !name.rehearses) return [run];
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
  if (before.length > 0 || lead === undefined || name.guarded || !name.plain || parameters.changes)
    return false;
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
  if (act.weak && !act.freeForm && name.floor && isSaidToBeDone(act, name.whole, text.text)) return true;
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

/** What costs money by its author's own words spends it, unless it only reads, as a bill is read. */
function costFindings({ text }: ToolReadings, before: readonly Evidence[]): Evidence[] {
  if (before.length > 0 && before.every(({ category }) => category === 'read')) return [];
  const cost = costIn(text.text);
  return cost === undefined
    ? []
    : [{ category: 'financial', because: `${quotedWord(cost)} in the description` }];
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

/** `Execute the update_broker operation`, `Execute AWS MQ UpdateBroker`: no more than that the tool does what its name says. */
function isSaidToBeDone({ verb }: Act, name: string, text: string): boolean {
  const [sentence = ''] = text.slice(0, LONGEST_BEGINNING).split(/[.\n]/, 1);
  if (!/^\s*(?:executes?|performs?|invokes?|runs?|calls?)\b/i.test(sentence)) return false;
  const words = sentence.split(/[^\w-]+/);
  if (words.includes(name)) return true;
  return (
    /^(?:execute|perform|invoke|call)$/.test(verb) && words.slice(1).flatMap(splitIntoWords).every(isMild)
  );
}

/** Nothing that is worse than to write. */
function isMild(word: string): boolean {
  const verb = verbOf(word);
  return verb === undefined || verb.kind !== 'certain' || !isWorse(verb.category, 'write');
}
