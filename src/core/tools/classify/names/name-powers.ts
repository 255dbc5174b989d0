import type { Category } from '../../category.js';
import { type Evidence, quotedWord } from '../evidence.js';
import { glyphVerb } from '../vocabulary/glyph-verbs.js';
import { movedMoney } from '../vocabulary/money.js';
import {
  isAskOnly,
  isDatabase,
  isInterpreter,
  isRaw,
  isReadNoun,
  isRehearsal,
  isSending,
} from '../vocabulary/nouns.js';
import { anyCallIn, programIn } from '../vocabulary/programs.js';
import { rightsIn } from '../vocabulary/rights.js';
import { verbOf } from '../vocabulary/verbs.js';
import { LIGHT, type NameVerb } from './name-verb.js';

/** What the name says of a query: in a language that can do more than ask, in one that cannot, or nothing. */
export type QueryKind = 'free' | 'bounded' | 'unclear';

const LANGUAGE = /^(?:sql|cypher|graphql|statements?)$/;
const GLUED_DANGER =
  /^(delete|remove|destroy|purge|erase|wipe|truncate|uninstall|execute|terminate|revoke)(?!(?:d|s|r|rs|ing)$)./;
const DANGER_GLUED =
  /.(delete|remove|destroy|purge|erase|(?<!s)wipe|truncate|uninstall|execute|terminate|revoke)s?$/;
const THINKING = /(?:thinking|reasoning)$/;
const GLUED = /^(get|list|search|fetch|create|update|send)(?!(?:ed|er|ing|ener|or)s?$)[a-z]{3,}$/;

export function said(category: Category, word: string): Evidence {
  return { category, because: `${quotedWord(word)} in the name` };
}

/** What is said without a verb that is a word of its own: in signs, by a program's name, by rights that are given. */
export function otherwiseSaid(
  name: string,
  parts: readonly string[],
  acting: NameVerb | undefined,
): Evidence[] {
  const glyph = glyphVerb(name);
  const found = glyph ? [said(glyph.category, glyph.word)] : [];
  if (acting?.kind === 'certain' && (acting.category === 'read' || isRehearsal(acting.word))) return found;
  const power = programIn(parts) ?? anyCallIn(parts);
  if (power !== undefined) found.push(said('execute', power));
  const rights = rightsIn(parts);
  if (rights !== undefined)
    found.push({ category: 'execute', because: `${quotedWord(rights)} in the name gives rights` });
  return found;
}

/** Money that is moved, languages that are carried out, calls that can be any call. */
export function powers(
  parts: readonly string[],
  acting: NameVerb | undefined,
  query: QueryKind | undefined,
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
export function queryIn(parts: readonly string[], acting: NameVerb | undefined): QueryKind | undefined {
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

/** Verbs of names that are written without a space. */
export function withoutVerb(parts: readonly string[]): Evidence[] {
  for (const part of parts) {
    const glued = (GLUED_DANGER.exec(part) ?? DANGER_GLUED.exec(part) ?? GLUED.exec(part))?.[1];
    const verb = glued === undefined ? undefined : verbOf(glued);
    const rest = glued === undefined ? undefined : verbOf(part.slice(glued.length));
    if (glued !== undefined && verb)
      return [said(verb.category, glued), ...(rest?.kind === 'certain' ? [said(rest.category, part)] : [])];
  }
  const last = parts.at(-1) ?? '';
  return THINKING.test(last) || (parts.length > 1 && isReadNoun(last)) ? [said('read', last)] : [];
}
