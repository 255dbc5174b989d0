import { isAttribute, isReadNoun, wordSet } from '../vocabulary/nouns.js';
import { type Act, actAt, isDeterminer } from './act.js';
import type { Sentence } from './sentences.js';
import { type VerbForm, verbForm } from './verb-form.js';

interface Found {
  index: number;
  verb: VerbForm;
}

/** What may be before the verb of a sentence about a tool. */
const isFiller = wordSet(
  'please just also then first second ' +
    'and or can will may to let allow you ' +
    'user agent assistant enables help able ability used useful this that it the a an tool function command operation endpoint api ' +
    'utility server which for be is your claude llm model ai interface way simple powerful single bulk batch would using us one ' +
    'client apps beta deprecated experimental new optional required readonly recommended method action them mcp advanced smart ' +
    'force and/or both either',
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
const isPreposition = wordSet(
  'of for in on at to from with by about into onto across over within between against as under per out up off',
);
const isJoint = wordSet(', and or then / & nor plus');
/** To call the tool is not what it does. */
export const isCalling = wordSet('call run execute invoke use request trigger');
const MOST_ACTS = 8;
const LONGEST_PHRASE = 5;
const LATEST_VERB = 16;

/** What a sentence says that the tool does: its leading verb and those that are coordinated with it (`create or delete a branch`). */
export function actsOf(sentence: Sentence): Act[] {
  const leading = leadingVerbs(sentence);
  const start = leading.at(-1);
  if (start === undefined) return thingRead(sentence);
  const acts = leading.map(({ index, verb }) =>
    actAt(sentence, index, verb, isSurelyVerb(sentence, index, verb)),
  );
  let previous = start.index;
  for (let index = start.index + 1; index < sentence.length && acts.length < MOST_ACTS; index++) {
    const word = (sentence[index] ?? '').toLowerCase();
    const along = doneAlong(sentence, index);
    if (along) acts.push(along);
    if (isStop(word) && !isPlace(sentence, index)) break;
    if (!isJoint(word)) continue;
    const next = nextWord(sentence, index + 1);
    const verb = verbForm(sentence[next] ?? '', sentence[next + 1]);
    if (!verb || verb.form !== start.verb.form || !isCoordinated(sentence, next, verb, previous)) continue;
    acts.push(actAt(sentence, next, verb, true));
    previous = next;
    index = next;
  }
  return acts;
}

/** `Copies a file to the target and deletes the source`: behind a `to` without a verb goes on what is done. */
function isPlace(sentence: Sentence, index: number): boolean {
  const next = sentence[index + 1] ?? '';
  return (sentence[index] ?? '').toLowerCase() === 'to' && /^\w/.test(next) && verbForm(next) === undefined;
}

/** `Syncs a folder, deleting extra files`: what is done by the way is done. Of what one may be after, nothing is said. */
function doneAlong(sentence: Sentence, index: number): Act | undefined {
  const word = (sentence[index] ?? '').toLowerCase();
  if (word !== ',' && word !== 'while' && word !== 'by') return undefined;
  const next = /^(?:and|also|then|optionally|\w+ly)$/i.test(sentence[index + 1] ?? '')
    ? index + 2
    : index + 1;
  const verb = verbForm(sentence[next] ?? '');
  if (
    verb?.form !== 'ing' ||
    verb.kind !== 'certain' ||
    !(word === 'by' ? /^destructive$/ : /^(?:destructive|financial|execute)$/).test(verb.category)
  )
    return undefined;
  const before = sentence
    .slice(0, index)
    .some((each) => /^(?:for|about|on|how|including|of|in|as)$/i.test(each) || /ing$/i.test(each));
  return before ? undefined : actAt(sentence, next, verb, true);
}

/** A sentence without a verb names what the tool gives: `The current weather in a city`. */
function thingRead(sentence: Sentence): Act[] {
  const end = sentence.findIndex(
    (word) => isPreposition(word.toLowerCase()) || isStop(word.toLowerCase()) || isJoint(word),
  );
  const phrase = sentence.slice(0, end < 0 ? sentence.length : end);
  const head = phrase.at(-1) ?? '';
  if (phrase.length < 2 || phrase.length > LONGEST_PHRASE || !isReadNoun(head.toLowerCase())) return [];
  if (phrase.some((word, index) => index < phrase.length - 1 && isDoing(word))) return [];
  return [{ category: 'read', text: head, verb: head, certain: true, freeForm: false, weak: true }];
}

function isDoing(word: string): boolean {
  const verb = verbForm(word);
  return (
    verb !== undefined && verb.category !== 'read' && (verb.kind === 'certain' || verb.category !== 'write')
  );
}

/** The first verb that is as one after words that only introduce it; with the one that it helps, if it does. */
function leadingVerbs(sentence: Sentence): Found[] {
  for (let index = 0; index < Math.min(sentence.length, LATEST_VERB); index++) {
    const word = (sentence[index] ?? '').toLowerCase();
    const verb = verbForm(word, sentence[index + 1]);
    if (verb && (verb.form !== 'ing' || index > 0) && standsAsVerb(sentence, index, verb)) {
      const asked = isCalling(verb.word) && /^(?:this|it)$/i.test(sentence[index + 1] ?? '');
      const helped = asked || isHelping(verb.word) ? purpose(sentence, index) : undefined;
      if (helped) return verb.kind === 'certain' && !asked ? [{ index, verb }, helped] : [helped];
      if (asked) return [];
      if (!isFiller(word) || verb.kind === 'certain') return [{ index, verb }];
    }
    if (!(isFiller(word) || word.endsWith('ly') || isHelping(verb?.word ?? '') || /^[,/&()]$/.test(word)))
      return [];
  }
  return [];
}

/** A noun that can be a verb is one where something follows that it is done to. */
function standsAsVerb(sentence: Sentence, index: number, verb: VerbForm): boolean {
  const before = (sentence[index - 1] ?? '').toLowerCase();
  if (before === 'be' || before === 'is') return false;
  const named = /^(?:a|an|the|of)$/.test(before);
  if (verb.kind !== 'noun') return !named || (verb.form === 'base' && verb.category === 'read');
  return (
    !named &&
    !isReadNoun((sentence[index + 1] ?? '').toLowerCase()) &&
    (isSurelyVerb(sentence, index, verb) || (index === 0 && !isNamed((sentence[1] ?? '').toLowerCase())))
  );
}

function isSurelyVerb(sentence: Sentence, index: number, verb: VerbForm): boolean {
  const following = sentence[index + 1] ?? '';
  const next = following.toLowerCase();
  if (verb.kind !== 'noun') return true;
  if (verb.form === 's') return index === 0 || isDeterminer(next);
  return (
    next === '' ||
    isDeterminer(next) ||
    isPreposition(next) ||
    next.endsWith('s') ||
    isJoint(next) ||
    next !== following
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

function isCoordinated(sentence: Sentence, index: number, verb: VerbForm, previous: number): boolean {
  const next = (sentence[index + 1] ?? '').toLowerCase();
  const between = sentence.slice(previous + 1, index);
  if (between.every((word) => isJoint(word.toLowerCase()) || word.endsWith('ly')))
    return verb.kind === 'certain' || next !== '';
  if (isDeterminer(next)) return true;
  if (verb.kind !== 'certain' || next === '' || isJoint(next) || isPreposition(next) || isAttribute(next))
    return false;
  return verb.form !== 's' || !next.endsWith('ed');
}
