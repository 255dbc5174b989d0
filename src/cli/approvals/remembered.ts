import { currentInboxes } from '../../approvals/inbox/all-inboxes.js';
import type { InboxState } from '../../approvals/inbox/inbox-state.js';
import type { RememberedCall } from '../../approvals/queue/remembered-call.js';
import { canonical, readValue } from '../../core/json/value.js';
import { visible } from '../../core/text/visible.js';
import { userFolders } from '../../platform/user-folders.js';
import { untilText } from './waiting-text.js';

/** Nobody waits longer for what is told beside. Milliseconds. */
const PATIENCE = 300;

/** An approval that a running policy-wrap remembers and that would count for a call. */
export type RememberedHere = RememberedCall & Pick<InboxState, 'pid'>;

/** What running policy-wraps remember of such a call, as far as they say so at once. */
export async function rememberedFor(
  server: string,
  tool: string,
  argumentsText: string,
): Promise<RememberedHere[]> {
  const late = new Promise<InboxState[]>((resolve) => void setTimeout(() => resolve([]), PATIENCE).unref());
  const found = currentInboxes(userFolders().state, PATIENCE).then(
    ({ states }) => states,
    () => [],
  );
  const states = await Promise.race([found, late]);
  return states.flatMap(({ pid, remembered }) =>
    remembered.filter((each) => counts(each, server, tool, argumentsText)).map((each) => ({ ...each, pid })),
  );
}

/** The same in one line. */
export function rememberedLine({ id, scope, until, by, via, pid }: RememberedHere): string {
  const what = scope === 'tool' ? 'this tool' : 'this call';
  const who = `${by ? `${visible(by)}, ` : ''}${via}`;
  return `  remembered: ${what} is approved (${who}) ${untilText(until)} (process ${pid}, ${id.slice(0, 8)})`;
}

function counts(each: RememberedCall, server: string, tool: string, argumentsText: string): boolean {
  if (each.kind !== 'tool' || each.server !== server || each.name !== tool) return false;
  if (each.scope === 'tool') return true;
  return each.argumentsText !== undefined && isSameJson(each.argumentsText, argumentsText);
}

function isSameJson(one: string, other: string): boolean {
  try {
    return canonical(readValue(one)) === canonical(readValue(other));
  } catch {
    return false;
  }
}
