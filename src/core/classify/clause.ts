import type { Category } from '../classify.js';
import { effectOn, isComputed, isGesture } from './effect.js';
import { movedMoney } from './money.js';
import { isAskingActivity, isAskOnly, isAttribute, isDatabase, isRaw, wordSet } from './nouns.js';
import type { Sentence } from './sentences.js';
import { type VerbForm, verbForm } from './verb-form.js';

/** Something that a sentence says that a tool does. */
export interface Act {
  category: Category;
  /** The word as the text has it. */
  text: string;
  /** Says what is done, and not just that something is (`manage`). */
  certain: boolean;
  /** Runs code, commands or a query, whatever these then do. */
  freeForm: boolean;
  /** What is run is not said: hardly more than that something is done. */
  weak: boolean;
}

/** What may stand before the verb of a sentence about a tool. */
const isFiller = wordSet(
  'please simply just also then first second finally optionally automatically permanently irreversibly safely efficiently ' +
    'recursively quickly easily securely directly immediately programmatically asynchronously and or can will may to let allow you ' +
    'user agent assistant enables help able ability used useful this that it the a an tool function command operation endpoint api ' +
    'utility server which for be is your claude llm model ai interface way simple powerful single bulk batch would using us one ' +
    'client apps beta deprecated experimental new optional required readonly recommended method action them mcp advanced smart ' +
    'fully completely force forcibly gracefully and/or intelligently both either',
);
/** Verbs of sentences whose real verb comes after `to` or `for`. */
const isHelping = wordSet(
  'use call provide allow enable help let support offer make send perform handle manage interact work access connect request ' +
    'give issue',
);
const isStop = wordSet(
  'to before after when if that which who whose where because without not never but needed required unless until while since ' +
    'instead so does is are was were has have had been being should must via using by like such as e.g eg including based',
);
const isLight = wordSet(
  'call execute run perform do conduct start launch trigger initiate make exec carry invoke issue evaluate',
);
const isCode = wordSet(
  'code command script shell sql javascript python cypher statement bash cmd powershell program js typescript expression ' +
    'function snippet queries query workflow lua ruby r julia process binary terminal',
);
const isRequest = wordSet('request call');
const isAsking = wordSet('get head');
const isSum = wordSet('math mathematical arithmetic numeric calculation aggregation regex');
const isDeterminer = wordSet(
  'a an the all any your it them one new existing multiple specific some each every this that these those given single another ' +
    'more up my our their his her several both selected specified entire current',
);
const isPreposition = wordSet(
  'of for in on at to from with by about into onto across over within between against as under per out up off',
);
const isJoint = wordSet(', and or then / & nor plus');
const ENDS =
  /^(?:of|for|in|on|at|to|from|with|by|about|into|via|using|within|that|which|and|or|,|\(|\)|\/|&|against|through|per|based)$/i;
const MOST_ACTS = 8;

/** What a sentence says that the tool does: its leading verb and those that are coordinated with it (`create or delete a branch`). */
export function actsOf(sentence: Sentence): Act[] {
  const start = leadingVerb(sentence);
  if (start === undefined) return [];
  const acts = [actAt(sentence, start.index, start.verb)];
  let previous = start.index;
  for (let index = start.index + 1; index < sentence.length; index++) {
    const word = (sentence[index] ?? '').toLowerCase();
    if (isStop(word)) break;
    if (!isJoint(word)) continue;
    const next = nextWord(sentence, index + 1);
    const verb = verbForm(sentence[next] ?? '', sentence[next + 1]);
    if (!verb || verb.form !== start.verb.form || !coordinated(sentence, next, verb, previous)) continue;
    acts.push(actAt(sentence, next, verb));
    if (acts.length === MOST_ACTS) break;
    previous = next;
    index = next;
  }
  return acts;
}

function leadingVerb(sentence: Sentence): { index: number; verb: VerbForm } | undefined {
  let filled = false;
  for (let index = 0; index < Math.min(sentence.length, 16); index++) {
    const text = sentence[index] ?? '';
    const word = text.toLowerCase();
    const verb = verbForm(text, sentence[index + 1]);
    if (verb && (verb.form !== 'ing' || filled) && standsAsVerb(sentence, index, verb)) {
      const helped = isHelping(verb.word) ? purpose(sentence, index) : undefined;
      if (helped) return helped;
      if (!isFiller(word) || verb.kind === 'certain') return { index, verb };
    }
    if (!(isFiller(word) || isHelping(verb?.word ?? '') || /^[,/&()]$/.test(word))) return undefined;
    filled = true;
  }
  return undefined;
}

/** A noun that can be a verb is one where something follows that it is done to. */
function standsAsVerb(sentence: Sentence, index: number, verb: VerbForm): boolean {
  const after = /^(?:a|an|the|of)$/i.test(sentence[index - 1] ?? '');
  if (verb.kind !== 'noun') return !after || (verb.form === 'base' && verb.category === 'read');
  return (
    !after &&
    (isSurelyVerb(sentence, index, verb) || (index === 0 && !isNamed((sentence[1] ?? '').toLowerCase())))
  );
}

function isSurelyVerb(sentence: Sentence, index: number, verb: VerbForm): boolean {
  const next = (sentence[index + 1] ?? '').toLowerCase();
  if (verb.form === 's') return index === 0 || isDeterminer(next);
  return (
    next === '' ||
    isDeterminer(next) ||
    isPreposition(next) ||
    next.endsWith('s') ||
    isJoint(next) ||
    /^\p{Lu}/u.test(sentence[index + 1] ?? '')
  );
}

/** `Order history`, `Count of users`: the noun is a noun. */
function isNamed(next: string): boolean {
  return (
    isAttribute(next) ||
    isPreposition(next) ||
    /^(?:tool|tools|finder|generator|runner|server|address|number|value|data)$/.test(next)
  );
}

/** `Use this tool to delete a file`, `Provides a way of deleting files`. */
function purpose(sentence: Sentence, from: number): { index: number; verb: VerbForm } | undefined {
  for (let index = from + 1; index < Math.min(sentence.length - 1, from + 10); index++) {
    const word = (sentence[index] ?? '').toLowerCase();
    if (/^(?:when|before|after|if|instead|,|not|that|which)$/.test(word)) return undefined;
    if (word !== 'to' && word !== 'for' && word !== 'of') continue;
    let next = index + 1;
    while (/ly$/.test(sentence[next] ?? '')) next++;
    const verb = verbForm(sentence[next] ?? '');
    if (verb && (word === 'to' ? verb.form === 'base' : verb.form === 'ing')) return { index: next, verb };
  }
  return undefined;
}

function nextWord(sentence: Sentence, from: number): number {
  let index = from;
  while (/^(?:,|and|or|then|also|optionally|\/|&|\w+ly)$/i.test(sentence[index] ?? '')) index++;
  return index;
}

function coordinated(sentence: Sentence, index: number, verb: VerbForm, previous: number): boolean {
  const next = (sentence[index + 1] ?? '').toLowerCase();
  const chained = sentence
    .slice(previous + 1, index)
    .every((word) => isJoint(word.toLowerCase()) || /ly$/.test(word));
  if (chained) return verb.kind === 'certain' || next !== '';
  if (verb.kind === 'certain' && verb.form !== 's') return next !== '' && !/^(?:,|and|or|of|\))$/.test(next);
  if (verb.category === 'read' && verb.kind === 'certain')
    return next !== '' && !isPreposition(next) && !isJoint(next);
  return (
    isDeterminer(next) ||
    (verb.kind === 'certain' && verb.form === 's' && /^(?:\p{L}+s|to|from)$/u.test(next))
  );
}

function actAt(sentence: Sentence, index: number, verb: VerbForm): Act {
  const object = objectOf(sentence, index);
  const text = sentence[index] ?? '';
  const light = isLight(verb.word);
  const asking =
    light &&
    object.some(
      (word) =>
        isAskingActivity(word) ||
        isAskOnly(word) ||
        isSum(word) ||
        /^(?:searches|test|check|read-only|lookups)$/.test(word),
    );
  const code = object.some(isCode);
  const base = {
    text,
    certain: verb.kind !== 'vague',
    freeForm: false,
    weak: light || (verb.kind === 'noun' && !isSurelyVerb(sentence, index, verb)),
  };
  if (asking && !object.some((word) => /^(?:commands?|code|scripts?)$/.test(word)))
    return { ...base, category: 'read' };
  const isQuery = object.some((word) => /^quer(?:y|ies)$/.test(word)) && !object.some(isDatabase);
  if (light && object.some(isGesture)) return { ...base, certain: true, weak: false, category: 'execute' };
  if (object.some(isRequest) && object.some(isRaw))
    return { ...base, certain: true, weak: false, category: object.some(isAsking) ? 'read' : 'execute' };
  if (light && code) return { ...base, category: 'execute', freeForm: true, weak: isQuery };
  const dragged = verb.word === 'drop' && sentence.some((word) => /^drag/i.test(word));
  const effect = dragged ? 'execute' : effectOn(verb.word, object);
  if (effect) return { ...base, certain: true, category: effect };
  if (verb.category === 'read') return { ...base, category: 'read' };
  if (verb.word === 'download') return { ...base, certain: true, category: 'read' };
  if (isComputed(verb.word, object) || (verb.word === 'resolve' && resolvesTo(sentence, index)))
    return { ...base, certain: true, category: 'read' };
  if (/^(?:apply|merge|interact|perform)$/.test(verb.word))
    return { ...base, certain: false, category: 'write' };
  const money = movedMoney([verb.word, ...object], verb.word);
  return money === undefined
    ? { ...base, category: verb.category }
    : { ...base, certain: true, text: `${text} … ${money}`, category: 'financial' };
}

/** `Resolves a name to an address` finds; `resolves an alert` closes it. */
function resolvesTo(sentence: Sentence, index: number): boolean {
  const to = sentence.indexOf('to', index);
  return to > 0 && /^(?:an?|its|the|one|their)$/i.test(sentence[to + 1] ?? '');
}

/** The noun that a verb governs, with what stands before it; past verbs that share it (`create or update an invoice`). */
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
