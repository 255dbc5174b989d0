const LONGEST_SEARCHED = 2000;
/** What is said of a query language where nothing but asking gets through. That it is called read-only says nothing of the kind. */
const ASKING =
  /\bonly\s+(?:\w+\s+){0,2}select\b|\bselect[- ]only\b|\bselect\s+(?:sql\s+)?(?:quer(?:y|ies)|statements?)\b|\bselect\s+(?:is |are )?(?:only|allowed|permitted)\b|\bno\s+(?:insert|update|delete|writes?|ddl|dml)\b|\b(?:insert|update|delete|writes?|ddl|dml|modifications?)\b[^.\n]{0,60}\b(?:(?:is|are|will be|get)\s+(?:rejected|refused|blocked|forbidden|prohibited|disallowed|not\s+(?:allowed|permitted|supported)))|\b(?:rejects?|blocks?|forbids?|refuses?|prohibits?|disallows?)\b[^.\n]{0,40}\b(?:insert|update|delete|writes?|ddl|dml)\b/i;
const CHANGING = /\b(?:insert|update|delete|drop|alter|write|writes|create|truncate|modif\w+|ddl|dml)\b/i;
const EXCLUDING =
  /\b(?:not?|never|cannot|reject|rejects|rejected|blocks?|blocked|forbids?|forbidden|disallow\w*|prohibit\w*|prevent\w*|without|refuses?|refused|fails?|errors?)\b|n['’]t\b/i;
/** What takes back what was said, wholly or at times. */
const LOOSENING =
  /\b(?:unless|except(?!ion)|preferred|prefers?|preferably|by default|default|recommended|mainly|mostly|usually|normally|typically|primarily|generally|however|but|although|optional(?:ly)?|if enabled|when enabled|configur\w+|can be (?:enabled|disabled|turned)|should|please|discouraged|encouraged|intended|designed for|meant for|best for|also|too|as well|otherwise)\b/i;
const LANGUAGE = /\b(?:sql|cypher|graphql|gql|aql|mongodb query|database quer(?:y|ies))\b/i;
const LOCALLY =
  /\blocal(?:ly)?\b|\b(?:to|on|onto) (?:the |a |your )?(?:disk|file|folder|directory|path|filesystem|desktop)\b|\bsaves? (?:it|them|the|to)\b/i;
const WARNING =
  /\b(?:can(?:no|['’]?)t|can not|not)\s+be\s+(?:undone|recovered|reversed|restored|reverted)\b|\birreversibl[ey]\b|\bpermanently\s+(?:delet|remov|eras|destroy|wip)|\bdestructive (?:operation|action|command)\b/i;
const ASSURANCE =
  /\bread[- ]?only\b|\b(?:no|without|zero|0|free of)\s+side[- ]?effects?\b|\b(?:does not|doesn['’]t|do not|will not|never)\s+(?:modif(?:y|ies)|changes?|alters?|deletes?|writes?|mutates?)\b|\bsafe to (?:call|use|run)\b|\bnon-?destructive\b/i;

const COSTS =
  /\bincur(?:s|ring)?\s+(?:\w+\s+){0,2}(?:costs?|charges?|fees?|expenses?)\b|\b(?:be|are|is|get|gets)\s+(?:billed|charged)\b|\bbillable\b|\bcosts\s+(?:real\s+)?money\b|\bcost warning\b|\bcharges\s+(?:will\s+|may\s+)?apply\b/i;
const COSTS_NOTHING = /\b(?:no|not|never|without|free)\b[^.\n]{0,20}$|n['’]t\s*$/i;

/** Says of a query language that it can only ask, without a way out, and speaks of changes only to exclude them. */
export function asksOnly(text: string): boolean {
  if (!ASKING.test(text.slice(0, LONGEST_SEARCHED))) return false;
  const sentences = text.slice(0, LONGEST_SEARCHED).split(/[.;\n]/);
  return (
    sentences.some((sentence) => ASKING.test(sentence) && !LOOSENING.test(sentence)) &&
    sentences.every((sentence) => !CHANGING.test(sentence) || isExcluding(sentence))
  );
}

function isExcluding(sentence: string): boolean {
  return (
    !LOOSENING.test(sentence) &&
    (EXCLUDING.test(sentence) || /\bonly\s+(?:\w+\s+){0,2}select\b/i.test(sentence))
  );
}

/** Speaks of a language that can do more than ask. */
export function namesLanguage(text: string): boolean {
  return LANGUAGE.test(text.slice(0, LONGEST_SEARCHED));
}

/** Speaks of a place on this machine where something is put. */
export function storesLocally(text: string): boolean {
  return LOCALLY.test(text.slice(0, LONGEST_SEARCHED));
}

/** Words for harm that stays: `cannot be undone`. */
export function warningIn(text: string): string | undefined {
  return WARNING.exec(text.slice(0, LONGEST_SEARCHED))?.[0];
}

/** Words for doing no harm: `read-only`. */
export function assuranceIn(text: string): string | undefined {
  return ASSURANCE.exec(text.slice(0, LONGEST_SEARCHED))?.[0];
}

/** Words for money that the call spends: `incurs costs`. */
export function costIn(text: string): string | undefined {
  const searched = text.slice(0, LONGEST_SEARCHED);
  const found = COSTS.exec(searched);
  if (found === null) return undefined;
  const before = searched.slice(Math.max(0, found.index - 40), found.index);
  return COSTS_NOTHING.test(before) ? undefined : found[0];
}
