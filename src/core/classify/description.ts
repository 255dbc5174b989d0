import { type Act, actsOf, isInstruction } from './clause.js';
import { isWorse } from './finding.js';
import { glyphActs } from './glyphs.js';
import { sentences } from './sentences.js';

/** What the text of a tool says of it. */
export interface TextReading {
  /** What it says first that the tool does. */
  lead: readonly Act[];
  /** What it says elsewhere. */
  later: readonly Act[];
  /** Says that of a query language only asking is admitted. */
  asksOnly: boolean;
  /** Speaks of a query language that can do more than ask. */
  database: boolean;
  /** Its words for doing harm that stays: `cannot be undone`. */
  warning: string | undefined;
  /** Its words for doing no harm: `read-only`. */
  assurance: string | undefined;
}

/** Words that are hardly said of blanks in a text or of entries in a memory. */
const isStrong = (text: string) =>
  /^(?:deletes|destroys|erases|wipes|purges|terminates|uninstalls|charges|pays|refunds)$/i.test(text);
const LONGEST_SEARCHED = 3000;
const ASKS_ONLY =
  /\b(?:read[- ]?only|readonly)\s+(?:\w+\s+){0,2}(?:quer(?:y|ies)|sql|statements?|select|cypher|access|transactions?|mode|operations?|commands?)\b|\bonly\s+(?:\w+\s+){0,2}(?:select|read)\b|\bselect[- ]only\b|\b(?:a|an|any|sql|run|execute|executes|runs|valid)\s+select\s+(?:sql\s+)?(?:quer(?:y|ies)|statements?)|\bselect\s+(?:quer(?:y|ies)|statements?)?\s?(?:are |is )?(?:only|allowed|supported|permitted)|\bno\s+(?:insert|update|delete|write|ddl|dml)/i;
const DATABASE = /\b(?:sql|cypher|graphql|gql|aql)\b/i;
const WARNING =
  /\b(?:can(?:no|')?t|can not|not)\s+be\s+(?:undone|recovered|reversed|restored|reverted)|\birreversibl[ey]|\bpermanently\s+\w+|\bdestructive\b/i;
const ASSURANCE =
  /\bread[- ]?only\b|\b(?:no|without|zero|0|free of)\s+side[- ]?effects?|\b(?:does|do|will|never|is)\s?n[o']t\s+(?:modify|change|alter|delete|write|mutate)\b|\bnever\s+(?:modif(?:y|ies)|changes?|deletes?|writes?)\b|\bsafe to (?:call|use|run)\b|\bnon-?destructive\b/i;

/** Reads a description sentence by sentence. Verbs count where they say what the tool does, not where they are merely mentioned. */
export function readText(text: string): TextReading {
  const searched = text.slice(0, LONGEST_SEARCHED);
  const [lead, later]: [Act[], Act[]] = [[], []];
  lead.push(...glyphActs(searched));
  for (const [index, sentence] of sentences(text).entries()) {
    if (lead.length > 0 && isInstruction(sentence)) continue;
    const acts = actsOf(sentence);
    if (lead.length === 0 && index < 4) lead.push(...acts);
    else later.push(...acts.filter((act) => isTold(sentence, act)));
  }
  const asksOnly = ASKS_ONLY.test(searched);
  return {
    lead,
    later,
    asksOnly,
    database: DATABASE.test(searched),
    warning: WARNING.exec(searched)?.[0],
    assurance: ASSURANCE.exec(searched)?.[0],
  };
}

/** After the first sentence an imperative speaks to the reader; what the tool does is told in the third person. */
function isTold(sentence: readonly string[], act: Act): boolean {
  return (
    (/s$/.test(act.text) && isStrong(act.text)) ||
    /^(?:this|it|will|can|also|permanently|tool)$/i.test(sentence[0] ?? '')
  );
}

/** The worst of what a text says; undefined when it says nothing. */
export function worstAct(acts: readonly Act[]): Act | undefined {
  return acts
    .filter(({ certain }) => certain)
    .reduce<Act | undefined>(
      (found, act) => (found === undefined || isWorse(act.category, found.category) ? act : found),
      undefined,
    );
}
