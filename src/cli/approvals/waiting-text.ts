import type { DecidedCall, WaitingCall } from '../../approvals/inbox/inbox-state.js';
import type { RememberedCall } from '../../approvals/queue/remembered-call.js';
import { placeOf } from '../../core/replies/refusal.js';
import { unmistakable } from '../../core/shown/unmistakable.js';
import { quote } from '../../core/text/quote.js';
import { visible } from '../../core/text/visible.js';
import { bold, dim, paintAction, paintRisk } from '../terminal/paint.js';
import { indented } from './terminal-arguments.js';

/** Of what a server says of its tool. Characters. */
const LONGEST_DESCRIPTION = 400;

/**
 * A call that waits, with all that a person needs to decide it. Nothing a peer wrote gets to the terminal as it is.
 * @param shown how the arguments are shown, see `argumentsInShort`
 */
export function waitingText(call: WaitingCall, shown: string, now = Date.now()): string {
  const { id, category, risk, rule, reason, client, description } = call;
  const lines = [
    `${bold(id)}  ${bold(callName(call))}`,
    `  class: ${visible(category)}, risk ${paintRisk(risk)}`,
    description && `  the server says: ${quote(unmistakable(description).slice(0, LONGEST_DESCRIPTION))}`,
    `  asked ${span(now - call.askedAt)} ago${client ? ` by ${visible(client)}` : ''}, ${timeLeft(call, now)}`,
    rule && `  rule: ${visible(rule.pointer)} (${visible(placeOf(rule))})`,
    reason && `  reason: ${visible(reason)}`,
    `  arguments:${shown}`,
    call.otherParamsText !== undefined && `  also sent:\n${indented(call.otherParamsText)}`,
    !call.via.includes('terminal') && dim('  the policy lets only the page decide this call'),
  ];
  return lines.filter(Boolean).join('\n');
}

/** The calls that wait, the riskiest first, then in the order in which they came. */
export function byRisk(one: WaitingCall, other: WaitingCall): number {
  return riskOf(other) - riskOf(one) || one.askedAt - other.askedAt;
}

/** From the least to the most; a word of another version may be the worst. */
const RISKS = ['low', 'medium', 'high'];

function riskOf({ risk }: WaitingCall): number {
  const at = RISKS.indexOf(risk);
  return at < 0 ? RISKS.length : at;
}

/** What became of a call, in one line. */
export function decidedText(decided: DecidedCall, now = Date.now()): string {
  const { id, via, by, reason, at, edited, how } = decided;
  const who = `${by ? ` by ${visible(by)}` : ''}${via === 'none' ? '' : `, ${via}`}`;
  const why = reason ? `: ${visible(reason)}` : '';
  return `${id}  ${callName(decided)}  ${paintHow(how)}${edited ? ' with changes' : ''}${who}, ${span(now - at)} ago${why}`;
}

/** An approval that applies to later calls, in a few lines. */
export function rememberedText({
  id,
  until,
  via,
  by,
  scope,
  argumentsText,
  ...call
}: RememberedCall): string {
  const what = scope === 'tool' ? 'with any arguments' : 'with the same arguments';
  const who = `approved${by ? ` by ${visible(by)}` : ''}, ${via}`;
  const line = `${id.slice(0, 8)}  ${callName(call)}  ${what}, ${untilText(until)} (${who})`;
  return argumentsText === undefined ? line : `${line}\n${indented(argumentsText)}`;
}

/** `send on server 'mail'`. */
export function callName({ name, server }: { name: string; server: string }): string {
  return `${unmistakable(name)} on server '${unmistakable(server)}'`;
}

/** Until when something counts. */
export function untilText(until: number | undefined): string {
  return until === undefined
    ? 'as long as its policy-wrap runs'
    : `until ${new Date(until).toLocaleTimeString()}`;
}

function timeLeft({ endsAt, heldUntil }: WaitingCall, now: number): string {
  const left = `${span(endsAt - now)} left`;
  if (heldUntil === undefined || heldUntil >= endsAt) return left;
  return now < heldUntil
    ? `${left} (the agent waits for another ${span(heldUntil - now)})`
    : `${left} (the agent repeats the call once it is approved)`;
}

/** Milliseconds as a person counts them. */
function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function paintHow(how: DecidedCall['how']): string {
  if (how === 'approved') return paintAction('allow', how);
  return how === 'declined' ? paintAction('deny', how) : dim(how);
}
