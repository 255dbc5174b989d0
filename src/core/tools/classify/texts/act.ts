import type { Category } from '../../category.js';
import { effectOn, isComputed, isGesture, isKept } from '../vocabulary/effects.js';
import { movedMoney } from '../vocabulary/money.js';
import { isAskingActivity, isAskOnly, isDatabase, isRaw, wordSet } from '../vocabulary/nouns.js';
import type { Sentence } from './sentences.js';
import { type VerbForm, verbForm } from './verb-form.js';

/** Something that a sentence says that a tool does. */
export interface Act {
  category: Category;
  /** The word as the text has it. */
  text: string;
  /** What it is a form of. */
  verb: string;
  /** Says what is done, and not just that something is (`manage`). */
  certain: boolean;
  /** Runs code, commands or a query, whatever these then do. */
  freeForm: boolean;
  /** What is run is not said: hardly more than that something is done. */
  weak: boolean;
}

/** Verbs that say that something is done and leave it to their object to say what. */
const isLight = wordSet(
  'call execute run perform do conduct start launch trigger initiate make exec carry invoke issue evaluate',
);
const isCode = wordSet(
  'code command script shell sql javascript python cypher statement bash cmd powershell program js typescript expression ' +
    'function snippet queries query workflow lua ruby r julia process binary terminal',
);
const isStarting = wordSet('start launch trigger initiate');
const isCodeProper = wordSet('command code script program');
const isRequest = wordSet('request call');
const isAsking = wordSet('get head');
const isSum = wordSet('math mathematical arithmetic numeric calculation aggregation regex');
export const isDeterminer = wordSet(
  'a an the all any your it them one new existing multiple specific some each every this that these those given single another ' +
    'more up my our their his her several both selected specified entire current',
);
const ENDS =
  /^(?:if|whether|when|of|for|in|on|at|to|from|with|by|about|into|via|using|within|that|which|and|or|,|\(|\)|\/|&|against|through|per|based)$/i;

/** What a verb of a sentence says that the tool does, by what it is done to. */
export function actAt(sentence: Sentence, index: number, verb: VerbForm, sure: boolean): Act {
  const object = objectOf(sentence, index);
  const act: Act = {
    category: verb.category,
    text: sentence[index] ?? '',
    verb: verb.word,
    certain: verb.kind !== 'vague' && !/^(?:apply|merge|interact|perform)$/.test(verb.word),
    freeForm: false,
    weak: (isLight(verb.word) && !isStarting(verb.word)) || !sure,
  };
  const dragged = verb.word === 'drop' && sentence.some((word) => /^drag/i.test(word));
  const effect = dragged
    ? 'execute'
    : effectOn(verb.word, verb.word === 'take' ? [...object, ...sentence.filter(isKept)] : object);
  if (isLight(verb.word) || verb.word === 'send') {
    const run = whatIsRun(verb, object);
    if (run) return { ...act, ...run };
  }
  if (effect) return { ...act, certain: true, category: effect };
  if (verb.category === 'read') return act;
  if (
    verb.word === 'download' ||
    isComputed(verb.word, object) ||
    (verb.word === 'resolve' && resolvesTo(sentence, index))
  )
    return { ...act, certain: true, category: 'read' };
  const money = movedMoney([verb.word, ...object], verb.word);
  if (money === undefined) return act;
  return { ...act, certain: true, weak: false, text: `${act.text} … ${money}`, category: 'financial' };
}

/** A search that is run is a search; code that is run can be anything. */
function whatIsRun(verb: VerbForm, object: readonly string[]): Partial<Act> | undefined {
  const query = object.some((word) => word === 'query' || word === 'queries');
  if (object.some(isRequest) && object.some(isRaw))
    return { certain: true, weak: false, category: object.some(isAsking) ? 'read' : 'execute' };
  if (!isLight(verb.word)) return undefined;
  const asks = object.some(
    (word) => isAskingActivity(word) || isSum(word) || /^(?:searches|check|read-only)$/.test(word),
  );
  if ((asks || (query && object.some(isAskOnly))) && !object.some(isCodeProper))
    return { certain: true, category: 'read' };
  if (!/^(?:make|issue|call)$/.test(verb.word) && object.some(isGesture))
    return { certain: true, weak: false, category: 'execute' };
  if (object.some(isCode))
    return { certain: true, category: 'execute', freeForm: true, weak: query && !object.some(isDatabase) };
  return undefined;
}

/** `Resolves a name to an address` finds; `resolves an alert` closes it. */
function resolvesTo(sentence: Sentence, index: number): boolean {
  const to = sentence.indexOf('to', index);
  return to > 0 && /^(?:an?|its|the|one|their)$/i.test(sentence[to + 1] ?? '');
}

/** The noun that a verb governs, with what is before it; past verbs that share it (`create or update an invoice`). */
function objectOf(sentence: Sentence, index: number): string[] {
  let at = index + 1;
  while (/^(?:,|and|or|\/|&)$/i.test(sentence[at] ?? '') && verbForm(sentence[at + 1] ?? '')) at += 2;
  const object: string[] = [];
  for (; at < sentence.length && object.length < 7; at++) {
    const word = (sentence[at] ?? '').toLowerCase();
    if (ENDS.test(word)) break;
    if (!isDeterminer(word)) object.push(word);
  }
  return object;
}
