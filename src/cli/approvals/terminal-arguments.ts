import type { WaitingCall } from '../../approvals/inbox/inbox-state.js';
import { readAsWritten, writeValue } from '../../core/json/value.js';
import { redact } from '../../core/secrets/redact.js';
import { REDACTED } from '../../core/secrets/text/spans.js';
import { cutOf } from '../../core/shown/cut-rows.js';
import { mayHideMore } from '../../core/shown/hidden-text.js';
import { unmistakable } from '../../core/shown/unmistakable.js';
import { readableJson } from '../terminal/json-text.js';
import { dim } from '../terminal/paint.js';

/** Arguments as a terminal shows them. */
export interface TerminalArguments {
  /** What is after `arguments:`. */
  text: string;
  /** What is left out, and matters: all between the ends of a long text, or secrets that may be more than that. */
  unseen: 'all' | 'secrets' | undefined;
}

/** What is left out of arguments. */
export interface Showing {
  /** Also of long ones, all. */
  all?: boolean;
  secrets?: boolean;
  /** How a person sees what is left out. */
  how: { all: string; secrets: string };
}

/** The arguments of a call: of long ones their beginning and end, secrets hidden, or what is asked for. */
export function terminalArguments(
  argumentsText: string | undefined,
  { all = false, secrets = false, how }: Showing,
): TerminalArguments {
  if (argumentsText === undefined) return { text: ' they cannot be read any more', unseen: 'all' };
  const redacted = secrets ? undefined : writeValue(redact(readAsWritten(argumentsText)));
  const hides = redacted?.includes(REDACTED) ?? false;
  const laidOut = readableJson((hides && redacted) || argumentsText, unmistakable);
  const cut = all ? undefined : cutOf(laidOut);
  const lines =
    cut === undefined
      ? [`\n${indent(laidOut)}`]
      : [
          ` ${argumentsText.length} characters\n${indent(laidOut.slice(0, cut.start))}`,
          dim(`    … ${cut.end - cut.start} characters are left out here; ${how.all} …`),
          indent(laidOut.slice(cut.end)),
        ];
  if (hides) lines.push(dim(`    secrets are hidden; ${how.secrets}`));
  const unseen = cut ? 'all' : hides && mayHideMore(argumentsText, redacted) ? 'secrets' : undefined;
  return { text: lines.join('\n'), unseen };
}

/** The arguments of a call in a list, where they may be too long to be there. */
export function listedArguments(call: WaitingCall, how: Showing['how']): string {
  if (call.argumentsText === undefined) return ` ${call.argumentsLength} characters; ${how.all}`;
  return terminalArguments(call.argumentsText, { how }).text;
}

/** JSON text over several lines, below what it belongs to. */
export function indented(argumentsText: string): string {
  return indent(readableJson(argumentsText, unmistakable));
}

function indent(text: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
