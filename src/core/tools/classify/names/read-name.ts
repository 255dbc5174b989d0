import { type Category, isWorse } from '../../category.js';
import { type Evidence, quotedWord, worstEvidence } from '../evidence.js';
import { effectOn, isRewording } from '../vocabulary/effects.js';
import { isTakingIn, movedMoney } from '../vocabulary/money.js';
import { isAskOnly, isDatabase, isInterpreter, isRaw, isReadNoun, isSending } from '../vocabulary/nouns.js';
import { givesRights } from '../vocabulary/rights.js';
import { verbOf } from '../vocabulary/verbs.js';
import { isTooLong, partsOf, readable } from './name-parts.js';
import {
  actingVerb,
  effectOf,
  hasProperty,
  isUnsure,
  LIGHT,
  type NameVerb,
  worseVerbs,
} from './name-verb.js';

/** What the name of a tool says of it. */
export interface NameReading {
  whole: string;
  /** What is known for certain, the worst of it: no text of the server's gets the tool below it. */
  floor: Evidence | undefined;
  /** Nothing in it is a verb, so that what it reads is only likely. */
  verbless: boolean;
  /** What a word that is as often a noun would say (`git_log`): it counts where nothing else says anything. */
  hint: Evidence | undefined;
  /** It takes back what was done before (`unassign`), for which texts say `removes`. */
  undoing: boolean;
  /** What it takes is made into something else (`format_sql`) and not run. */
  rewording: boolean;
  /** It gets or finds something: what it is given in a query language is run for that. */
  fetches: boolean;
  /** Something in the name may be dangerous, so that only the name could have made it a tool that reads. */
  guarded: boolean;
  /** The tool takes a query; whether it can do more than ask is for its text and its parameters to say. */
  query: 'free' | 'bounded' | 'unclear' | undefined;
  /** It gives rights, or takes down what protects. */
  grants: boolean;
}

const FETCHING = /^(?:get|search|find|list|fetch|read|retrieve|lookup|load)$/;
const MAKING =
  /^(?:generate|plan|design|draw|render|plot|visuali[sz]e|learn|simplify|optimi[sz]e|organi[sz]e)$/;
const UNDOING = /^(?:un|de|dis)|^(?:hide|leave|revert|restore|move|archive|close|logout|reject)$/;
/** Words of keyboards and pages that are nouns in most names. */
const MOSTLY_NOUN = /^(?:type|focus|step|input|back|mouse|keyboard)$/;
const LANGUAGE = /^(?:sql|cypher|graphql|statements?)$/;
const PLAIN_LETTERS = /^(?:[\0-\u024f\u1e00-\u1eff\u3040-\u30ff\u3400-\u9fff]|[\u0300-\u036f])*$/;
const GLUED_DANGER =
  /^(delete|remove|destroy|purge|erase|wipe|truncate|uninstall|execute|terminate|revoke)(?!(?:d|s|r|rs|ing)$)./;
const DANGER_GLUED =
  /.(delete|remove|destroy|purge|erase|(?<!s)wipe|truncate|uninstall|execute|terminate|revoke)s?$/;
/** No text is believed that says that the tool reads where these are in its name, whatever is between the letters. */
const DANGER =
  /delet(?!ed)|remov(?!ed)|destr[ou]|purg(?!ed)|eras(?:e(?!d)|ing)|(?<!s)wip(?:e(?!d)|ing)|truncat(?!ed)|uninstall|execut(?!ed|ive)|terminat(?!ed)|revok(?!ed)|refund(?!ed)|purchas(?!ed)|shutdown|poweroff|reboot|annihilat|eradicat|vaporiz|obliterat|kill(?:all|switch)|pkill|stopall|forcepush|telnet|execv|formatdis[ck]|unlinkfile|cardcharge|rmuser|(?:drop|clear|reset|wipe|flush)(?:table|database|db|collection|all|cache)|(?:db|table|factory)(?:drop|clear|reset)|hardreset|resethard|(?:run|exec|eval)(?:sql|shell|code|cmd|js|command|script)|(?:sql|shell|code|cmd|js|command|script)(?:run|exec|eval)|(?:kill|spawn)(?:proc|task|pid)|taskkill|popen|subprocess|syscall|powershell|rmrf|mkfs|userdel|deluser|makepay|sendpay|autopay|pay(?:now|invoice|bill)|transferfund|wiretransfer|moneytransfer|(?:charge|bill)(?:card|customer)|(?:buy|sell)(?:stock|share|coin)|placeorder|disburs|cashout/;
const THINKING = /(?:thinking|reasoning)$/;
const GLUED = /^(get|list|search|fetch|create|update|send)(?!(?:ed|er|ing|ener|or)s?$)[a-z]{3,}$/;

/** Reads a name word by word: the verb that acts, worse ones that come with it, and what it is done to. */
export function readName(whole: string): NameReading {
  const name = readable(whole);
  const parts = partsOf(name);
  const acting = actingVerb(parts);
  const query = queryIn(parts, acting);
  const does = acting && isTelling(parts, acting) ? said(effectOf(parts, acting), acting.word) : undefined;
  const unsure = acting !== undefined && isUnsure(parts, acting);
  const asks = unsure && parts.length > 1 && isReadNoun(acting.word);
  const findings = worseVerbs(parts, acting).map(({ category, word }) => said(category, word));
  if (asks) findings.push(said('read', acting.word));
  else if (does && query === undefined && !unsure) findings.push(does);
  const reads =
    acting !== undefined && acting.kind !== 'vague' && does?.category === 'read' && !isTakingIn(acting.word);
  if (!reads) findings.push(...powers(parts, acting, query));
  if (acting === undefined && findings.length === 0) findings.push(...withoutVerb(parts));
  if (isTooLong(whole)) findings.push({ category: 'write', because: 'a name that is too long to be read' });
  return {
    whole,
    floor: worstEvidence(findings),
    verbless: acting === undefined,
    hint: hintOf(acting, unsure && !hasProperty(parts) ? does : undefined),
    undoing: acting?.category === 'write' && acting.kind === 'certain' && UNDOING.test(acting.word),
    rewording: acting !== undefined && (isRewording(acting.word) || MAKING.test(acting.word)),
    fetches: acting !== undefined && FETCHING.test(acting.word),
    guarded: isGuarded(name, parts, acting),
    query,
    grants: givesRights(parts),
  };
}

function said(category: Category, word: string): Evidence {
  return { category, because: `${quotedWord(word)} in the name` };
}

/** A vague verb says that something is done; that is written. */
function hintOf(acting: NameVerb | undefined, does: Evidence | undefined): Evidence | undefined {
  return acting?.kind === 'vague' ? said('write', acting.word) : does;
}

function isTelling(parts: readonly string[], { kind, word }: NameVerb): boolean {
  return kind !== 'vague' || effectOn(word, parts) !== undefined;
}

/** Money that is moved, languages that are carried out, calls that can be any call. */
function powers(
  parts: readonly string[],
  acting: NameVerb | undefined,
  query: NameReading['query'],
): Evidence[] {
  const found: Evidence[] = [];
  const money = movedMoney(parts, acting?.word);
  if (money !== undefined) found.push(said('financial', money));
  if (acting?.category === 'read') return found;
  const interpreter = parts.some(isSending) ? parts.find(isInterpreter) : undefined;
  if (interpreter !== undefined) found.push(said('execute', interpreter));
  const request = parts.find(
    (part, index) =>
      /^(?:requests?|call)$/.test(part) && (isRaw(parts[index - 1] ?? '') || isRaw(parts[index + 1] ?? '')),
  );
  if (request !== undefined) found.push(said('execute', request));
  if (query === 'free') found.push(said('execute', acting?.word ?? ''));
  return found;
}

/** A query of a database can change it; one of a log can not; else the text has to say. */
function queryIn(parts: readonly string[], acting: NameVerb | undefined): NameReading['query'] {
  const language = parts.some((part) => LANGUAGE.test(part));
  const runs =
    acting !== undefined &&
    LIGHT.test(acting.word) &&
    (language || parts.some((part) => /^quer(?:y|ies)$/.test(part)));
  if (!runs && acting?.word !== 'query') return undefined;
  if (parts.some((part) => /^(?:select|read|readonly)$/.test(part))) return 'bounded';
  if (!language && parts.some(isAskOnly)) return 'bounded';
  if (language || parts.some((part) => part !== 'query' && isDatabase(part))) return 'free';
  return runs || parts.at(-1) === 'query' ? 'unclear' : 'bounded';
}

function withoutVerb(parts: readonly string[]): Evidence[] {
  for (const part of parts) {
    const glued = (GLUED_DANGER.exec(part) ?? DANGER_GLUED.exec(part) ?? GLUED.exec(part))?.[1];
    const verb = glued === undefined ? undefined : verbOf(glued);
    if (glued !== undefined && verb) return [said(verb.category, glued)];
  }
  const last = parts.at(-1) ?? '';
  return THINKING.test(last) || (parts.length > 1 && isReadNoun(last)) ? [said('read', last)] : [];
}

function isGuarded(name: string, parts: readonly string[], acting: NameVerb | undefined): boolean {
  if (!PLAIN_LETTERS.test(name) || DANGER.test(name.toLowerCase().replace(/[^a-z]/g, ''))) return true;
  if (acting?.kind === 'vague' && (MAKING.test(acting.word) || isRewording(acting.word))) return false;
  return parts.some((part) => {
    const verb = verbOf(part);
    const danger = verb !== undefined && isWorse(verb.category, 'write') && !MOSTLY_NOUN.test(part);
    return danger && !(verb.kind === 'noun' && hasProperty(parts));
  });
}
