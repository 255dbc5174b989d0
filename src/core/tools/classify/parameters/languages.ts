import { wordSet } from '../vocabulary/nouns.js';

/** Names of parameters that take a language. */
const isLanguage = wordSet(
  'sql command cmd script code javascript js python shell bash statement cypher expression sqlquery sqlstatement rawsql powershell ' +
    'snippet sourcecode whereclause rawwhere rawfilter sqlwhere sqlfilter',
);
const SPECIAL = /^(?:sql|script|javascript|bash|shell|cypher)$/;
/** What is given under such a name is carried out; of what else is called so, the text has to say. */
const isCommand = wordSet(
  'command cmd shell bash exec eval evaluate script hook powershell rawsql commandline shellcommand bashcommand ' +
    'js javascript python',
);
/** `then_exec`, `post_command`, `run_after`. */
const isWhen = wordSet('then post pre after before on and finally init start exit');
const isRun = wordSet('exec execute run eval evaluate command cmd script hook shell');
const QUERYING = /^(?:sql|statements?|cypher|query|where|clause|filter)$/;

/** What follows says of itself that it is run, under whatever name. */
const RUNS =
  /\b(?:shell|bash|terminal|powershell|system|unix|linux|cli|kubectl|docker|cmd)\s+(?:commands?|scripts?|code|snippets?|one-?liners?)\b|\b(?:python|javascript|js|typescript|ruby|lua|php|perl|java|groovy|r|node(?:\.js)?|lisp|vba|applescript|sql|cypher|painless|jinja2?)\s+(?:code|expressions?|scripts?|snippets?|functions?|programs?|statements?|callbacks?|source|fragments?)\b[^.\n]{0,60}\b(?:evaluat|execut|run\b|runs\b|invok|eval\b|appl(?:y|ied))|\b(?:javascript|python|code|scripts?|expressions?|snippets?|commands?|functions?|callbacks?|hooks?|programs?)\b[^.\n]{0,40}?\b(?:is|are|be|gets?|to|that|which|will)\s+(?:be\s+|is\s+|are\s+|then\s+|gets\s+)*(?:evaluat|execut|eval\b|eval'?d|run\b|invoked)|\b(?:raw|arbitrary)\s+(?:sql|code|commands?|javascript|python|shell|expressions?|scripts?|cypher|graphql)\b|\b(?:sql|clause|fragment)\b[^.\n]{0,40}\b(?:append|concatenat|interpolat|inject|spliced)|\b(?:passed|given|handed|sent|fed|piped)\s+(?:directly\s+)?(?:in)?to\s+(?:a |the |an )?(?:shell|bash|eval|exec|interpreter|subprocess|terminal|system\(\))|\bsubprocess\b|\bos\.system\b|命令|コマンド|команд/i;
/** The same where the name says that it takes a language. */
const RUN =
  /\b(?:to|be|will be|gets)\s+(?:execut|run\b|evaluat)|\b(?:execut|run|evaluat)(?:e|es|ed|ing)?\s+(?:in|on|inside|against)\b|\b(?:shell|bash|sql|terminal) (?:command|script|statement)/i;
const MAYBE =
  /exec|run|eval|script|code|command|sql|shell|invok|subprocess|raw|命令|コマンド|команд|hook|clause/i;
/** `2 + 2` is no program. */
const SUM =
  /\b(?:math(?:ematical)?|arithmetic|numeric|algebraic|regular|cron|postal|zip|country|currency|language|status|error|product|project|area|airport|promo|coupon|verification|otp)\s+(?:expression|code|statement|formula)s?\b/i;
const NOT_RUN = /\b(?:not|never)\s+(?:be\s+)?(?:run|executed|evaluated)\b/i;
/** A text that says no more than the name does. Words. */
const FEW_WORDS = 3;

/** What a parameter of free text takes, by its name and its text. */
export interface LanguageReading {
  /** It takes a language, whatever is done with it. */
  language: boolean;
  /** It is a language of queries, which a text can limit to asking. */
  asks: boolean;
  /** What it takes is run: its text says so, or nothing says anything else of a `command`. */
  runs: boolean;
  /** The name alone says that. */
  byName: boolean;
}

export function languageOf(parts: readonly string[], text: string): LanguageReading | undefined {
  const [joined, last = ''] = [parts.join(''), parts.at(-1)];
  const named = isLanguage(joined) || SPECIAL.test(last);
  const hooked = parts.length > 1 && parts.some(isWhen) && parts.some(isRun);
  const saysSo = MAYBE.test(text) && !NOT_RUN.test(text) && (RUNS.test(text) || (named && RUN.test(text)));
  const unexplained = text.split(/\s+/, FEW_WORDS).filter((word) => word !== '').length < FEW_WORDS;
  const byName = /^(?:exec|eval)$/.test(joined) || (unexplained && (hooked || isCommand(joined)));
  if ((!named && !saysSo && !byName) || (SUM.test(text) && !saysSo)) return undefined;
  return { language: named || byName, asks: parts.some((part) => QUERYING.test(part)), runs: saysSo, byName };
}
