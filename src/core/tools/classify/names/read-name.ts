import { type Evidence, worstEvidence } from '../evidence.js';
import { effectOn, isRewording } from '../vocabulary/effects.js';
import { isTakingIn } from '../vocabulary/money.js';
import { isReadNoun, isRehearsal } from '../vocabulary/nouns.js';
import { rightsIn } from '../vocabulary/rights.js';
import { isGuarded, isOfThings, MAKING } from './doubt.js';
import { isTooLong, partsOf, readable } from './name-parts.js';
import { otherwiseSaid, powers, type QueryKind, queryIn, said, withoutVerb } from './name-powers.js';
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
  query: QueryKind | undefined;
  /** The word for running what it is given: no text makes such a query one that only asks. */
  runs: string | undefined;
  /** It looks whether something could be done, or how. */
  rehearses: boolean;
  /** It lists what was done, so that an action is what it looks for. */
  listsActs: boolean;
  pushes: boolean;
  /** What it is given goes through stages. */
  aggregates: boolean;
  /** It gives something to somebody: with a sum, that is money. */
  hands: boolean;
  /** It gives rights, or takes down what protects. */
  grants: boolean;
  /** Each of its words is known, and none is about more than a thing that is read: only then may a text say that it reads. */
  plain: boolean;
}

const FETCHING = /^(?:get|search|find|list|fetch|read|retrieve|lookup|load)$/;
const LOOKING_AT =
  /^(?:lint|parse|format|translate|classify|interpret|beautify|prettify|compare|diff|suggest|recommend|lookup|man)$/;
const PERMISSION =
  /^(?:permissions?|allowed|authorized|authorization|rights?|capabilit(?:y|ies)|help|docs?|usage)$/;
const PAST_ACTS =
  /^(?:events?|audits?|auditlogs?|logs?|activit(?:y|ies)|histor(?:y|ies)|changes|trail|actions|operations|webhooks?|hooks?|notifications?)$/;
const HANDING =
  /^(?:transfer|send|wire|move|give|submit|remit|deposit|tip|settle|process|issue|make|initiate|request|authorize|capture|release|post|place|execute|confirm|approve|do|schedule)$/;
const UNDOING = /^(?:un|de|dis)|^(?:hide|leave|revert|restore|move|archive|close|logout|reject)$/;

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
  findings.push(...otherwiseSaid(name, parts, acting));
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
    runs:
      query === undefined
        ? undefined
        : parts.slice(0, (acting?.index ?? 0) + 1).find((part) => LIGHT.test(part)),
    rehearses:
      acting !== undefined &&
      (isRehearsal(acting.word) ||
        LOOKING_AT.test(acting.word) ||
        (acting.category === 'read' && parts.some((part) => PERMISSION.test(part)))),
    listsActs: parts.some((part) => PAST_ACTS.test(part)),
    pushes: parts.includes('push'),
    aggregates: parts.some((part) =>
      /^(?:aggregat(?:e|es|ion|ions)|pipeline|query|find|mongo|mongodb)$/.test(part),
    ),
    hands: parts.some((part) => HANDING.test(part)) && does?.category !== 'read',
    grants: rightsIn(parts) !== undefined && acting?.category !== 'read',
    plain: isOfThings(parts),
  };
}

/** A vague verb says that something is done; that is written. */
function hintOf(acting: NameVerb | undefined, does: Evidence | undefined): Evidence | undefined {
  return acting?.kind === 'vague' ? said('write', acting.word) : does;
}

function isTelling(parts: readonly string[], { kind, word }: NameVerb): boolean {
  return kind !== 'vague' || effectOn(word, parts) !== undefined;
}
