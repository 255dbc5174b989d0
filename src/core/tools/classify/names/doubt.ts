import { isWorse } from '../../category.js';
import { effectOn, isComputed, isRewording } from '../vocabulary/effects.js';
import { isGlyphThing } from '../vocabulary/glyph-verbs.js';
import { isHarmless } from '../vocabulary/harmless.js';
import { isAskingActivity, isReadNoun } from '../vocabulary/nouns.js';
import { verbOf } from '../vocabulary/verbs.js';
import { hasProperty, type NameVerb } from './name-verb.js';

export const MAKING =
  /^(?:generate|plan|design|draw|render|plot|visuali[sz]e|learn|simplify|optimi[sz]e|organi[sz]e)$/;
/** Vague verbs of which the description may say that they read. */
const LOOKING =
  /^(?:snapshot|sort|sanitize|sanitise|group|download|capture|track|review|sample|score|match|hash|look|load|select|normalize|transform|tokenize|solve|resolve|chat|prepare|generate|access|route|confirm|roll|process|optimize)$/;
const THING_BETWEEN = /^(?:run|build|release|test|merge|job|deploy|call|step|scale|power|automation)$/;
/** Words of keyboards and pages that are nouns in most names. */
const MOSTLY_NOUN = /^(?:type|focus|step|input|back|mouse|keyboard)$/;
const PLAIN_LETTERS = /^(?:[\0-\u024f\u1e00-\u1eff\u3040-\u30ff\u3400-\u9fff]|[\u0300-\u036f])*$/;
/** No text is believed that says that the tool reads where these are in its name, whatever is between the letters. */
const DANGER =
  /delet(?!ed)|remov(?!ed)|destr[ou]|purg(?!ed)|eras(?:e(?!d)|ing)|(?<!s)wip(?:e(?!d)|ing)|truncat(?!ed)|uninstall|execut(?!ed|ive)|terminat(?!ed)|revok(?!ed)|refund(?!ed)|purchas(?!ed)|shutdown|poweroff|reboot|annihilat|eradicat|vaporiz|obliterat|kill(?:all|switch)|pkill|stopall|forcepush|telnet|execv|formatdis[ck]|unlinkfile|cardcharge|rmuser|(?:drop|clear|reset|wipe|flush)(?:table|database|db|collection|all|cache)|(?:db|table|factory)(?:drop|clear|reset)|hardreset|resethard|(?:run|exec|eval)(?:sql|shell|code|cmd|js|command|script)|(?:sql|shell|code|cmd|js|command|script)(?:run|exec|eval)|(?:kill|spawn)(?:proc|task|pid)|taskkill|popen|subprocess|syscall|powershell|rmrf|mkfs|userdel|deluser|makepay|sendpay|autopay|pay(?:now|invoice|bill)|transferfund|wiretransfer|moneytransfer|(?:charge|bill)(?:card|customer)|(?:buy|sell)(?:stock|share|coin)|placeorder|disburs|cashout/;

/** Whether each word of a name is known, and none says more than what is read: only then may a text say that the tool reads. */
export function isOfThings(parts: readonly string[]): boolean {
  return parts.every((part, index) => isPlain(part) || isNamedThing(parts, index)) || isOpened(parts);
}

/** What is known to be the name of a thing, or a verb of which nothing is said but that it looks or makes a copy. */
function isPlain(part: string): boolean {
  if (isHarmless(part) || isGlyphThing(part)) return true;
  const verb = verbOf(part);
  if (verb === undefined) return isReadNoun(part) || isAskingActivity(part);
  return (
    verb.category === 'read' ||
    (verb.kind === 'vague' && (LOOKING.test(part) || MAKING.test(part) || isRewording(part)))
  );
}

/** A `workflow_run_artifact` is no run: neither first nor last, these are what something is of. */
function isNamedThing(parts: readonly string[], index: number): boolean {
  return index > 0 && index < parts.length - 1 && THING_BETWEEN.test(parts[index] ?? '');
}

/** `open_nodes`, `resolve_name`. */
function isOpened(parts: readonly string[]): boolean {
  return parts.some((part) => isComputed(part, parts) || effectOn(part, parts) === 'read');
}

/** Whether something in a name may be dangerous, however it is written. */
export function isGuarded(name: string, parts: readonly string[], acting: NameVerb | undefined): boolean {
  if (!PLAIN_LETTERS.test(name) || DANGER.test(name.toLowerCase().replace(/[^a-z]/g, ''))) return true;
  if (acting?.kind === 'vague' && (MAKING.test(acting.word) || isRewording(acting.word))) return false;
  return parts.some((part, index) => {
    const verb = verbOf(part);
    const danger =
      verb !== undefined &&
      isWorse(verb.category, 'write') &&
      !MOSTLY_NOUN.test(part) &&
      !isNamedThing(parts, index);
    return danger && !(verb.kind === 'noun' && hasProperty(parts));
  });
}
