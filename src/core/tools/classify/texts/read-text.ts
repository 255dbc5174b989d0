import { isWorse } from '../../category.js';
import type { Act } from './act.js';
import { actsOf, isCalling } from './clause.js';
import { glyphActs } from './east-asian.js';
import { firstWord, sentencesOf, sentenceTokens } from './sentences.js';

/** What the text of a tool says of it. */
export interface TextReading {
  text: string;
  /** What it says first that the tool does. */
  lead: readonly Act[];
  /** What it says elsewhere. */
  later: readonly Act[];
}

/** How many sentences may go by before one says what the tool does: the name of a vendor, a heading. */
const LATEST_LEAD = 3;
/** After the first sentence an imperative speaks to the reader; what the tool does is told in the third person, by verbs that are hardly said of blanks. */
const STRONG =
  /^(?:saves|writes|stores|downloads|overwrites|modifies|creates|deletes|destroys|erases|wipes|purges|terminates|uninstalls|charges|pays|refunds)$/i;
const MOST_ACTS = 16;
/** What is said to the model, and not of the tool: `Start here`, `Do not ask the user`. */
const TO_THE_MODEL =
  /^[^\p{L}]{0,20}(?:do not|don['’]t|never|avoid|please (?:do not|don['’]t)|(?:start|begin) (?:here|with|by|from|at)\b|(?:call|run|use|invoke|execute) (?:this|it)(?: tool)? (?:first|before|after|when|if|once|only|whenever|again|to get started)\b|stop (?:here|if|when|calling|and)\b|ask (?:the|your) user|tell the user|return here)/iu;
const SUBJECT = /^(?:this|it|will|can|also|permanently|tool)$/i;

/** Reads a description sentence by sentence. Verbs count where they say what the tool does, not where they are merely mentioned. */
export function readText(text: string): TextReading {
  const lead = glyphActs(text);
  const later: Act[] = [];
  for (const [index, sentence] of sentencesOf(text).entries()) {
    if (lead.length + later.length > MOST_ACTS) break;
    if (TO_THE_MODEL.test(sentence)) continue;
    const first = firstWord(sentence);
    const leads =
      index <= LATEST_LEAD &&
      (lead.length === 0 || (!lead.some(({ certain }) => certain) && !isCalling(first)));
    if (leads)
      lead.push(
        ...actsOf(sentenceTokens(sentence)).filter(
          (act) => index === 0 || act.category === 'read' || !act.weak,
        ),
      );
    else if (SUBJECT.test(first) || STRONG.test(first)) later.push(...actsOf(sentenceTokens(sentence)));
  }
  return { text, lead, later };
}

/** The worst of what a text says for certain; undefined when it says nothing. */
export function worstAct(acts: readonly Act[]): Act | undefined {
  let found: Act | undefined;
  for (const act of acts) if (act.certain && (!found || isWorse(act.category, found.category))) found = act;
  return found;
}
