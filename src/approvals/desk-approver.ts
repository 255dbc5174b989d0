import type { Approval } from '../core/approval.js';
import { quote } from '../core/quote.js';
import type { ApprovalRequest, Approver } from './approver.js';
import type { Desk } from './desk.js';
import type { DeskChannel } from './desk-state.js';

/** A longer name of what is called is shown to nobody. Characters. */
const LONGEST_NAME = 8_000;

/** What brings people to the desk. */
export interface DeskDoors {
  /** Lets the user's other processes come to the desk; does nothing when they can already. Rejects when that cannot be had. */
  serve(): Promise<void>;
  /**
   * Where the page is: a fresh link, or in words. It is started when there is none yet. Rejects when that cannot be had.
   * @param open whether the policy wants it opened in a browser
   */
  page(open: boolean): Promise<string>;
  /** Tells a person something, on stderr. */
  tell(note: string): void;
}

/** Puts questions on the desk, and tells the person where to come to: the page, the terminal or both. */
export class DeskApprover implements Approver {
  readonly via = ['page', 'terminal'] as const;

  constructor(
    private readonly desk: Desk,
    private readonly doors: DeskDoors,
  ) {}

  available(): boolean {
    return true;
  }

  async ask(request: ApprovalRequest, signal: AbortSignal): Promise<Approval> {
    const asked = this.via.filter((channel) => request.via.includes(channel));
    if (request.name.length > LONGEST_NAME) {
      const reason = `A name of ${request.name.length} characters cannot be shown.`;
      return { approved: false, via: asked[0] ?? 'none', how: 'unavailable', reason };
    }
    const { open, link, failures } = await this.#open(asked, request.open ?? false);
    if (open.length === 0)
      return { approved: false, via: asked[0] ?? 'none', how: 'unavailable', reason: failures.join(' ') };
    const answer = this.desk.put({ ...request, via: open }, signal);
    if (!signal.aborted) this.doors.tell([invitation(request, open, link), ...failures].join('\n'));
    return answer;
  }

  /** Which of the channels people can come by. */
  async #open(
    asked: readonly DeskChannel[],
    inBrowser: boolean,
  ): Promise<{ open: DeskChannel[]; link: string | undefined; failures: string[] }> {
    try {
      await this.doors.serve();
    } catch (error) {
      return { open: [], link: undefined, failures: [`Nobody can come to see the call: ${why(error)}.`] };
    }
    if (!asked.includes('page')) return { open: [...asked], link: undefined, failures: [] };
    try {
      return { open: [...asked], link: await this.doors.page(inBrowser), failures: [] };
    } catch (error) {
      const open = asked.filter((channel) => channel !== 'page');
      return { open, link: undefined, failures: [`The page cannot be started: ${why(error)}.`] };
    }
  }
}

function invitation(
  { id, name, server, risk }: ApprovalRequest,
  open: readonly DeskChannel[],
  link: string | undefined,
): string {
  const ways = [...(link ? [link] : []), ...(open.includes('terminal') ? [`policy-wrap approve ${id}`] : [])];
  return `${quote(name)} on ${quote(server)} waits for your approval (risk: ${risk}): ${ways.join(' or ')}`;
}

function why(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
