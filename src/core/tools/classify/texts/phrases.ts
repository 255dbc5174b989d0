const LONGEST_SEARCHED = 2000;
const ASKING =
  /\bread[- ]?only\b|\bonly\s+(?:\w+\s+){0,2}select\b|\bselect[- ]only\b|\bselect\s+(?:sql\s+)?(?:quer(?:y|ies)|statements?)\b|\bselect\s+(?:is |are )?(?:only|allowed|permitted)\b|\bno\s+(?:insert|update|delete|writes?|ddl|dml)\b/i;
const CHANGING = /\b(?:insert|update|delete|drop|alter)\b/i;
const EXCLUDING =
  /\b(?:not?|only|never|cannot|reject|block|forbid|forbidden|disallow|prohibit|prevent|without)|n['’]t\b/i;
const LANGUAGE = /\b(?:sql|cypher|graphql|gql|aql|mongodb query|database quer(?:y|ies))\b/i;
const LOCALLY =
  /\blocal(?:ly)?\b|\b(?:to|on|onto) (?:the |a |your )?(?:disk|file|folder|directory|path|filesystem|desktop)\b|\bsaves? (?:it|them|the|to)\b/i;
const WARNING =
  /\b(?:can(?:no|['’]?)t|can not|not)\s+be\s+(?:undone|recovered|reversed|restored|reverted)\b|\birreversibl[ey]\b|\bpermanently\s+(?:delet|remov|eras|destroy|wip)|\bdestructive (?:operation|action|command)\b/i;
const ASSURANCE =
  /\bread[- ]?only\b|\b(?:no|without|zero|0|free of)\s+side[- ]?effects?\b|\b(?:does not|doesn['’]t|do not|will not|never)\s+(?:modif(?:y|ies)|changes?|alters?|deletes?|writes?|mutates?)\b|\bsafe to (?:call|use|run)\b|\bnon-?destructive\b/i;

/** Says of a query language that it can only ask. A text that speaks of changes as well excludes them or says nothing. */
export function asksOnly(text: string): boolean {
  const searched = text.slice(0, LONGEST_SEARCHED);
  return ASKING.test(searched) && (!CHANGING.test(searched) || EXCLUDING.test(searched));
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
