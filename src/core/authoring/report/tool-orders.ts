import { quote } from '../../text/quote.js';
import type { ToolText } from './tool-texts.js';

/** Ways to give orders to a model in what should tell it what a tool does. */
const ORDERS: readonly RegExp[] = [
  /<\|\w{2,20}\|>|\[\/?INST\]|<<\/?SYS>>/,
  /\b(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|every|the|your|of|these|those|other)\s+){0,3}(?:previous|prior|above|earlier|preceding|existing|system|safety|security)\s+(?:\w+\s+)?(?:instruction|rule|prompt|guideline|message|direction|command|polic)/i,
  /\b(?:do\s+not|don['’]?t|never|must\s+not|without)\s+(?:ever\s+)?(?:tell|telling|mention|mentioning|inform|informing|notify|notifying|reveal|revealing|show|showing|alert|alerting|let)\b[^.\n]{0,60}\buser/i,
  /\b(?:hide|conceal|keep)\s+(?:this|it|that)\s+(?:secret\s+)?from\s+(?:the\s+)?user/i,
  /\b(?:include|pass|send|attach|append|forward|copy|put)\b[^.\n]{0,60}\b(?:system\s+prompt|(?:entire|whole|full|previous|chat|the)\s+conversation|chat\s+history|conversation\s+history)/i,
  /\bbefore\s+(?:using|calling|running|invoking)\s+(?:any|every|each|all)\s+(?:other\s+)?tools?\b/i,
  /\b(?:you\s+are\s+now|from\s+now\s+on,?\s+you|new\s+instructions?\s*:)/i,
];
/** Tags of orders. Where a value is written (`key=<secret>`, `to <secret>`), one that is not closed only says what belongs there. */
const TAG =
  /(?<before>[=:"'`/({[,-] ?|\bBearer |\b(?:to|with|as|is|for|your|the|an?|of) (?=<(?:secret|admin)\b))?<(?<name>important|system|instructions?|secret|critical|assistant|hidden|admin|override)\b[^>]{0,40}>/gi;
const CLOSING =
  /<\/\s?(?:important|system|instructions?|secret|critical|assistant|hidden|admin|override)\b[^>]{0,40}>/i;
/** Files that hold what opens other doors; a public key (`.pub`) does not. */
const SECRET_FILE =
  /(?:(?:~|\$HOME|\/home\/\w+|\/root)\/\.(?:ssh|aws|cursor|config|gnupg|kube|netrc|npmrc)\b[\w./-]*|\bid_(?:rsa|ed25519)\b[\w.]*)/gi;
const PUBLIC = /\.pub$/i;
const HANDED_ON =
  /\b(?:pass|send|include|attach|upload|forward|put|append|provide|copy|paste|submit|post|email|leak)(?:e?s|ing)?\b/i;
const READ = /\b(?:read|open|cat|load|fetch|get|retrieve|access|print|contents?)\b/i;
const FOR_EXAMPLE =
  /(?:\be\.\s?g\.?|\bfor example|\bexamples?|\bsuch as|\blike|\bdefaults?(?: to)?|\bi\.e\.)[\s:,(`'"]{0,6}$/i;
const REFUSED =
  /\b(?:refus|reject|block|den(?:y|ied|ies)|forbid|forbidden|prohibit|protect|exclud|not allowed|disallow|cannot|never read|ignored|skipp|sensitive)\w*/i;

/** Of one text, how many orders are named. */
const MOST_NAMED = 8;

/** What in the texts of a tool is said to the model, and not of the tool: one sentence for each text. */
export function spokenTo(texts: readonly ToolText[]): string[] {
  return texts.flatMap(({ where, text }) => {
    const orders = ordersIn(text).slice(0, MOST_NAMED).map(quote);
    if (orders.length === 0) return [];
    return `Text in ${quote(where)} gives orders to the model instead of saying what the tool does: ${orders.join(', ')}.`;
  });
}

function ordersIn(text: string): string[] {
  const found = [...ORDERS.map((order) => order.exec(text)?.[0]), tagIn(text), secretFileIn(text)];
  return [...new Set(found.filter((each) => each !== undefined))];
}

function tagIn(text: string): string | undefined {
  const closing = CLOSING.exec(text)?.[0];
  for (const { 0: found, groups } of text.matchAll(TAG))
    if (groups?.['before'] === undefined || closing !== undefined) return found;
  return closing;
}

/** A file of secrets that the model is to read or to hand on; not one that is an example of a path, or said to be refused. */
function secretFileIn(text: string): string | undefined {
  for (const sentence of text.split(/[.!?](?=\s)(?<!e\.g\.)|\n/))
    for (const { 0: file, index } of sentence.matchAll(SECRET_FILE)) {
      if (PUBLIC.test(file) || REFUSED.test(sentence)) continue;
      const isExample = FOR_EXAMPLE.test(sentence.slice(0, index));
      if (HANDED_ON.test(sentence) || (READ.test(sentence) && !isExample)) return file;
    }
  return undefined;
}
