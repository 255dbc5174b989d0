import { type Category, isWorse } from '../../category.js';
import { effectOn } from '../vocabulary/effects.js';
import {
  isAskingActivity,
  isAttribute,
  isDriving,
  isInterpreter,
  isProperty,
  isReadNoun,
  isRehearsal,
  isUnmistakable,
} from '../vocabulary/nouns.js';
import { type Verb, verbOf } from '../vocabulary/verbs.js';

/** A verb in a name. */
export interface NameVerb extends Verb {
  word: string;
  index: number;
}

export const LIGHT = /^(?:run|start|execute|exec|perform|do|launch|trigger)$/;
const GETTING = /^(?:get|list|describe|fetch|retrieve)$/;
/** Verbs of reading that are as often the noun that something is done to, first in a name. */
const NOUN_AT_HEAD =
  /^(?:compute|list|search|query|check|display|dump|stat|cat|rank|print|preview|screenshot|index|translate|poll|glob|lookup|cast|watch)$/;
/** These are at the head of a product's name: what is behind them acts, however near it is. */
const PRODUCT_AT_HEAD = /^(?:compute|list|search|query)$/;
const PLAINLY_DONE =
  /^(?:create|delete|add|remove|insert|clear|move|rename|start|stop|restart|reboot|destroy|purge|drop|upsert|overwrite|write|modify|edit|set|put|reset|update|terminate|kill|resize|attach|detach)$/;
const JOINT = /^(?:and|or|then|n)$/;
const CALLING = /^(?:run|call|script|command)$/;
const TELLING = /^(?:details?|info|information|history|stat(?:istic)?s)$/;

/** The first word that is a verb for certain, unless a noun that is one too is where the verb is and no certain one reads. */
export function actingVerb(parts: readonly string[]): NameVerb | undefined {
  const verbs = parts.flatMap((word, index): NameVerb[] => {
    const verb = verbOf(word);
    return verb ? [{ ...verb, word, index }] : [];
  });
  const first = verbs.find(({ kind }) => kind === 'certain');
  const certain = (first && actsBehind(first, verbs, parts)) ?? first;
  const vague = verbs.find(({ kind }) => kind === 'vague');
  const noun = verbs.find((verb) => verb.kind === 'noun' && (verb.index === 0 || actsLast(verb, parts)));
  if (certain) return noun?.index === 0 && !givesWay(noun, certain, parts) ? noun : certain;
  if (vague?.index === 0 && noun) return vague;
  return noun ?? vague ?? verbs.find(({ category }) => isWorse(category, 'write'));
}

/** `compute_vm_create`: the verb of reading in front is a noun, and what is done to it is behind. */
function actsBehind(
  { word, index, category }: NameVerb,
  verbs: readonly NameVerb[],
  parts: readonly string[],
): NameVerb | undefined {
  if (
    category === 'write' &&
    word === 'store' &&
    index < parts.length - 1 &&
    !JOINT.test(parts[index + 1] ?? '')
  )
    return verbs.find((verb) => verb.index > index && verb.kind === 'certain' && verb.category === 'read');
  if (category !== 'read' || !NOUN_AT_HEAD.test(word)) return undefined;
  return verbs.find(
    (verb) =>
      verb.kind === 'certain' &&
      isWorse(verb.category, 'read') &&
      verb.index > index &&
      !isAttribute(parts[verb.index + 1] ?? '') &&
      (verb.index > index + 1 || PRODUCT_AT_HEAD.test(word)) &&
      PLAINLY_DONE.test(verb.word),
  );
}

/** `pull_request_read`, `order_list`, `trade_get_history`: what is first is what is read. */
function givesWay(noun: NameVerb, certain: NameVerb, parts: readonly string[]): boolean {
  if (certain.category !== 'read') return true;
  if (!isWorse(noun.category, 'write') || certain.index === parts.length - 1) return true;
  return certain.index === 1 && GETTING.test(certain.word) && !CALLING.test(noun.word);
}

/** `pods_run` runs; `content_type` types nothing. */
function actsLast({ word, index }: NameVerb, parts: readonly string[]): boolean {
  return index === parts.length - 1 && !(isDriving(word) || isInterpreter(word));
}

/** Whether the noun that the verb could be is as likely: nothing follows, something is before it, or it has a property. */
export function isUnsure(parts: readonly string[], { word, index, category, kind }: NameVerb): boolean {
  if (kind !== 'noun' || effectOn(word, parts) !== undefined) return false;
  if (hasProperty(parts) && !isReadNoun(parts[1] ?? '')) return !isWorse(category, 'execute');
  return (category === 'write' || isDriving(word)) && (index > 0 || parts.length === 1);
}

/** `release_notes`, `run_settings`. */
export function hasProperty(parts: readonly string[]): boolean {
  const [, property = '', ...more] = parts;
  return more.length === 0 && isProperty(property);
}

/** What is done, by the verb and what it is done to. */
export function effectOf(parts: readonly string[], { word, index, category, kind }: NameVerb): Category {
  const last = parts.at(-1) ?? '';
  if (LIGHT.test(word) && parts.some(isAskingActivity) && !parts.some(isInterpreter)) return 'read';
  if (
    kind === 'noun' &&
    index < parts.length - 1 &&
    isReadNoun(last) &&
    (category === 'execute' || category === 'financial' || TELLING.test(last))
  )
    return 'read';
  return effectOn(word, parts) ?? category;
}

/** `get_or_create`, `search_and_replace`, `fetch_delete_message`: the second verb is done as well. */
export function worseVerbs(parts: readonly string[], acting: NameVerb | undefined): NameVerb[] {
  const dragged = parts.includes('drag');
  return parts.flatMap((word, index): NameVerb[] => {
    const verb = verbOf(word);
    if (!verb || index === acting?.index || (dragged && word === 'drop')) return [];
    const joined = JOINT.test(parts[index + 1] ?? '') || (index > 1 && JOINT.test(parts[index - 1] ?? ''));
    if (joined) return [{ ...verb, word, index }];
    if (!isUnmistakable(word) || (acting && isRehearsal(acting.word))) return [];
    const named = acting !== undefined && acting.index < index && isAttribute(parts[index + 1] ?? '');
    return named ? [] : [{ ...verb, word, index }];
  });
}
