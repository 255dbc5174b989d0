import { words } from '../words.js';
import { effectOn, isRewording } from './effect.js';
import { type Finding, isWorse, quoted, worst } from './finding.js';
import { movedMoney } from './money.js';
import {
  isAskingActivity,
  isAskOnly,
  isAttribute,
  isDatabase,
  isDriving,
  isInterpreter,
  isParticle,
  isRaw,
  isReadNoun,
  isRehearsal,
  isSending,
  isUnmistakable,
} from './nouns.js';
import { type Verb, verbOf } from './verbs.js';

/** What the name of a tool says of it. */
export interface NameReading {
  parts: readonly string[];
  /** What is known for certain, the worst of it: no text of the server's gets the tool below it. */
  floor: Finding | undefined;
  /** What a word that is as often a noun would say (`git_log`): it counts where nothing else says anything. */
  hint: Finding | undefined;
  /** It takes back what was done before (`unassign`), for which texts say `removes`. */
  undoing: boolean;
  /** What it takes is made into something else (`format_sql`) and not run. */
  rewording: boolean;
  /** Something in the name may be dangerous, so that only the name could have made it a tool that reads. */
  guarded: boolean;
  /** The tool takes a query; whether it can do more than ask is for its text and its parameters to say. */
  query: 'free' | 'bounded' | 'unclear' | undefined;
}

interface Acting extends Verb {
  word: string;
  index: number;
}

const LONGEST_NAME = 256;
const MOST_PARTS = 40;
const LIGHT = /^(?:run|start|execute|exec|perform|do|launch|trigger)$/;
const MAKING =
  /^(?:generate|plan|design|draw|render|plot|visuali[sz]e|learn|simplify|optimi[sz]e|organi[sz]e|confirm)$/;
const UNDOING = /^(?:un|de|dis)|^(?:hide|leave|revert|restore|move|archive|close|logout|reject)$/;
const PLAIN_LETTERS = /^(?:[\0-\u024f\u1e00-\u1eff\u3040-\u30ff\u3400-\u9fff]|[\u0300-\u036f])*$/;
const ASCII = /^[\0-\x7f]*$/;

/** Reads a name word by word: the verb that acts, worse ones that come with it, and what it is done to. */
export function readName(name: string): NameReading {
  const parts = partsOf(name);
  const acting = actingVerb(parts);
  const query = queryIn(parts, acting);
  const said = (category: Finding['category'], text: string): Finding => ({
    category,
    because: `${quoted(text)} in the name`,
  });
  const findings: Finding[] = [];
  const known = acting && (acting.kind !== 'vague' || effectOn(acting.word, parts) !== undefined);
  const does = known ? said(effect(parts, acting), acting.word) : undefined;
  const unsure =
    acting?.kind === 'noun' &&
    effectOn(acting.word, parts) === undefined &&
    (does?.category === 'write' ||
      isDriving(acting.word) ||
      (does?.category === 'execute' && isNamed(parts))) &&
    isUnsure(parts, acting);
  const asks = unsure && parts.length > 1 && isReadNoun(acting.word);
  if (asks) findings.push(said('read', acting.word));
  else if (does && query === undefined && !unsure) findings.push(does);
  for (const verb of worseVerbs(parts, acting)) findings.push(said(verb.category, verb.word));
  const money = acting && isReading(acting, parts) ? undefined : movedMoney(parts, acting?.word);
  if (money !== undefined) findings.push(said('financial', money));
  const interpreter = parts.find(isInterpreter);
  if (interpreter && parts.some(isSending) && acting?.category !== 'read')
    findings.push(said('execute', interpreter));
  if (
    parts.some((part) => /^(?:requests?|call)$/.test(part)) &&
    parts.some(isRaw) &&
    acting?.category !== 'read'
  )
    findings.push(said('execute', 'request'));
  if (query === 'free' && acting?.category !== 'read') findings.push(said('execute', acting?.word ?? ''));
  if (acting === undefined && findings.length === 0) findings.push(...withoutVerb(parts, said));
  return {
    parts,
    floor: worst(findings),
    hint: unsure ? does : acting?.kind === 'vague' ? said('write', acting.word) : undefined,
    undoing: acting?.category === 'write' && acting.kind === 'certain' && UNDOING.test(acting.word),
    rewording: acting !== undefined && (isRewording(acting.word) || MAKING.test(acting.word)),
    guarded: isGuarded(name, parts, acting),
    query,
  };
}

function partsOf(name: string): string[] {
  const cut =
    name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME / 2)} ${name.slice(-LONGEST_NAME / 2)}` : name;
  const parts = words(ASCII.test(cut) ? cut : cut.normalize('NFD').replace(/[\u0300-\u036f]/g, ''));
  const kept = joinParticles(parts).filter(
    (part, index, all) =>
      !/^v\d+$/.test(part) &&
      !(/^requests?$/.test(part) && /^(?:pull|merge)$/.test(all[index - 1] ?? '')) &&
      !(/^(?:pull|merge)$/.test(part) && /^requests?$/.test(all[index + 1] ?? '') && all.length > 2),
  );
  return kept.slice(0, MOST_PARTS);
}

/** `clean_up` is the verb `cleanup`; `list_in` stays what it is. */
function joinParticles(parts: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < parts.length; index++) {
    const [part = '', next = ''] = [parts[index], parts[index + 1]];
    const one = isParticle(next) && verbOf(part + next) !== undefined;
    joined.push(one ? part + next : part);
    if (one) index++;
  }
  return joined;
}

/** The first word that is a verb for certain, unless a noun that is one too stands where the verb stands and no certain one reads. */
function actingVerb(parts: readonly string[]): Acting | undefined {
  const verbs = parts.flatMap((word, index): Acting[] => {
    const verb = verbOf(word);
    return verb ? [{ ...verb, word, index }] : [];
  });
  const certain = verbs.find(({ kind }) => kind === 'certain');
  const vague = verbs.find(({ kind }) => kind === 'vague');
  const noun = verbs.find((verb) => verb.kind === 'noun' && (verb.index === 0 || actsLast(verb, parts)));
  if (certain) {
    const first = verbs[0];
    const nounFirst = first?.kind === 'noun' && first.index === 0 && certain.index > 0;
    if (!nounFirst || certain.category !== 'read') return certain;
    const loses =
      first.category === 'read' || first.category === 'write' || certain.index === parts.length - 1;
    return loses ? certain : first;
  }
  if (vague?.index === 0 && noun && noun.index > 0) return vague;
  return noun ?? vague ?? verbs.find(({ category }) => isWorse(category, 'write'));
}

/** `pods_run` runs; `content_type` types nothing. */
function actsLast({ word, index }: Acting, parts: readonly string[]): boolean {
  return index === parts.length - 1 && !(isDriving(word) || isInterpreter(word));
}

/** Nothing follows that it could be done to, or something stands before it. */
function isUnsure(parts: readonly string[], { index }: Acting): boolean {
  return index > 0 || parts.length === 1 || isNamed(parts);
}

/** `release_notes`, `run_settings`. */
function isNamed(parts: readonly string[]): boolean {
  return parts.length === 2 && isAttribute(parts[1] ?? '') && !isInterpreter(parts[1] ?? '');
}

/** What is done, by the verb and what it is done to. */
function effect(parts: readonly string[], { word, index, category, kind }: Acting): Finding['category'] {
  const last = parts.at(-1) ?? '';
  if (LIGHT.test(word) && parts.some((part) => isAskingActivity(part))) return 'read';
  if (kind === 'noun' && index < parts.length - 1 && isReadNoun(last)) {
    if (category === 'execute' || /^(?:details?|info|information|history|stat(?:istic)?s)$/.test(last))
      return 'read';
  }
  return effectOn(word, parts) ?? category;
}

function isReading(acting: Acting, parts: readonly string[]): boolean {
  return acting.kind !== 'vague' && effect(parts, acting) === 'read';
}

/** `get_or_create`, `search_and_replace`, `fetch_delete_message`: the second verb is done as well. */
function worseVerbs(parts: readonly string[], acting: Acting | undefined): Acting[] {
  return parts.flatMap((word, index): Acting[] => {
    const verb = verbOf(word);
    if (!verb || index === acting?.index) return [];
    const joined = /^(?:and|or|then|n)$/.test(parts[index - 1] ?? '') && index > 1;
    if (joined && !(word === 'drop' && parts.includes('drag'))) return [{ ...verb, word, index }];
    if (!isUnmistakable(word) || (acting && isRehearsal(acting.word))) return [];
    const described = acting !== undefined && acting.index < index && isAttribute(parts[index + 1] ?? '');
    return described || (word === 'drop' && parts.includes('drag')) ? [] : [{ ...verb, word, index }];
  });
}

/** A query of a database can change it; one of a log can not; else the text has to say. */
function queryIn(parts: readonly string[], acting: Acting | undefined): NameReading['query'] {
  const asked = parts.find((part) => /^(?:query|queries|sql|cypher|graphql|statement)$/.test(part));
  const runs = acting !== undefined && LIGHT.test(acting.word) && asked !== undefined;
  if (!runs && acting?.word !== 'query') return undefined;
  if (parts.some(isAskOnly)) return 'bounded';
  if (parts.some((part) => part !== 'query' && isDatabase(part))) return 'free';
  return runs || parts.at(-1) === 'query' ? 'unclear' : 'bounded';
}

function withoutVerb(
  parts: readonly string[],
  said: (category: Finding['category'], text: string) => Finding,
): Finding[] {
  for (const part of parts) {
    const glued =
      /^(delete|remove|destroy|purge|erase|wipe|truncate|uninstall|execute|terminate|revoke)(?!(?:d|s|r|rs|ing)$)./.exec(
        part,
      )?.[1];
    if (glued) return [said(verbOf(glued)?.category ?? 'destructive', glued)];
    const mild = /^(get|list|search|fetch|create|update|send)(?!(?:ed|er|ing|ener|or)s?$)[a-z]{3,}$/.exec(
      part,
    )?.[1];
    if (mild) return [said(verbOf(mild)?.category ?? 'write', mild)];
  }
  const last = parts.at(-1) ?? '';
  return parts.length > 1 && isReadNoun(last) ? [said('read', last)] : [];
}

function isGuarded(name: string, parts: readonly string[], acting: Acting | undefined): boolean {
  if (!ASCII.test(name) && !PLAIN_LETTERS.test(name)) return true;
  if (acting?.kind === 'vague' && (MAKING.test(acting.word) || isRewording(acting.word))) return false;
  return parts.some((part) => {
    const verb = verbOf(part);
    return (
      verb !== undefined &&
      isWorse(verb.category, 'write') &&
      !isDriving(part) &&
      !(verb.kind === 'noun' && isNamed(parts))
    );
  });
}
