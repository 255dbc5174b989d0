import type { JsonNode } from '../../core/json/node.js';
import { isFlaw, isJson, scanJson, stringOf } from '../../core/json/scan.js';
import type { Remember } from '../../core/policy/decide/approval.js';
import { toMilliseconds } from '../../core/text/duration.js';
import { quote } from '../../core/text/quote.js';

/** What a program has decided. */
export interface ProgramAnswer {
  approved: boolean;
  by: string | undefined;
  reason: string | undefined;
  remember: Remember | undefined;
}

/** What is wrong with an answer, to follow the name of the program. */
export interface AnswerFlaw {
  mistake: string;
}

const KEYS: readonly string[] = ['decision', 'by', 'reason', 'remember', 'scope'];
const DECISIONS = ['approve', 'deny'];
const SCOPES = ['call', 'tool'];

/**
 * Reads what a program has written: one JSON object with a `decision`, and with nothing that is not known. It may be
 * on several lines.
 */
export function readProgramAnswer(stdout: Uint8Array): ProgramAnswer | AnswerFlaw {
  const text = textIn(stdout);
  if (text === undefined) return { mistake: 'wrote something that is not UTF-8' };
  if (text === '') return { mistake: 'wrote no answer' };
  if (!isJson(text)) return { mistake: 'wrote something that is not one JSON object' };
  // Line ends are between the values only: JSON has none within texts.
  const line = text.replace(/[\r\n]/g, ' ');
  const root = scanJson(line, { keep: 1 });
  if (isFlaw(root)) return { mistake: `wrote JSON that can be read in more than one way: ${root.flaw}` };
  if (root.members === undefined) return { mistake: 'wrote something that is not one JSON object' };
  return answerIn(line, root.members);
}

export function isAnswerFlaw(answer: ProgramAnswer | AnswerFlaw): answer is AnswerFlaw {
  return 'mistake' in answer;
}

function answerIn(text: string, members: ReadonlyMap<string, JsonNode>): ProgramAnswer | AnswerFlaw {
  const unknown = [...members.keys()].find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return { mistake: `wrote the key ${quote(unknown)}, which is not known` };
  const other = [...members].find(([, { kind }]) => kind !== 'string');
  if (other !== undefined) return { mistake: `wrote ${quote(other[0])}, which is not a string` };
  const [decision, by, reason, remember, scope] = KEYS.map((key) => stringOf(text, members.get(key)));
  if (decision === undefined) return { mistake: 'wrote no "decision"' };
  if (!DECISIONS.includes(decision)) return notOne('decision', decision, DECISIONS);
  if (scope !== undefined && !SCOPES.includes(scope)) return notOne('scope', scope, SCOPES);
  if (scope !== undefined && remember === undefined) return { mistake: 'wrote "scope" without "remember"' };
  const lasting = remember === undefined ? undefined : lengthOf(remember);
  if (lasting === 0)
    return {
      mistake: `wrote the "remember" ${quote(remember ?? '')}, which is neither session nor a duration such as 30m`,
    };
  return {
    approved: decision === 'approve',
    by,
    reason,
    remember: lasting === undefined ? undefined : { scope: scope === 'tool' ? 'tool' : 'call', for: lasting },
  };
}

function notOne(key: string, value: string, allowed: readonly string[]): AnswerFlaw {
  return { mistake: `wrote the "${key}" ${quote(value)}, which is not ${allowed.join(' or ')}` };
}

/** 0 when it is not a length of time. */
function lengthOf(remember: string): Remember['for'] {
  return remember === 'session' ? remember : (toMilliseconds(remember) ?? 0);
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch {
    return undefined;
  }
}
