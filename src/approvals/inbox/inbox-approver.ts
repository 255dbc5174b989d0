import type { Approval } from '../../core/policy/decide/approval.js';
import { errorText } from '../../core/text/error-text.js';
import { quote } from '../../core/text/quote.js';
import type { ApprovalRequest, Approver } from '../queue/approver.js';
import type { Inbox } from './inbox.js';
import { INBOX_CHANNELS, type InboxChannel } from './inbox-state.js';

/** A longer name of what is called is shown to nobody. Characters. */
const LONGEST_NAME = 8_000;
/** So is more than this besides the arguments: it is always shown whole. Characters. */
const LONGEST_OTHER_PARAMS = 4_096;

/** What people reach the inbox by. */
export interface InboxServices {
  /** Lets the user's other processes reach the inbox; does nothing when they can already. Rejects when that cannot be had. */
  serve(): Promise<void>;
  /**
   * Where the page is: a fresh link, or in words. It is started when there is none yet. Rejects when that cannot be had.
   * @param open whether the policy wants it opened in a browser; undefined: once, where there is a desktop
   */
  page(open: boolean | undefined): Promise<string>;
  /** Tells a person something, on stderr. */
  tell(note: string): void;
}

/** Puts questions in the inbox, and tells the person where to come to: the page, the terminal or both. */
export class InboxApprover implements Approver {
  readonly via = INBOX_CHANNELS;

  constructor(
    private readonly inbox: Inbox,
    private readonly services: InboxServices,
  ) {}

  available(): boolean {
    return true;
  }

  async ask(request: ApprovalRequest, signal: AbortSignal): Promise<Approval> {
    const asked = this.via.filter((channel) => request.via.includes(channel));
    const flaw = tooLong(request);
    if (flaw !== undefined) return unavailable(asked, flaw);
    try {
      await this.services.serve();
    } catch (error) {
      return unavailable(asked, `The approval socket could not be opened: ${errorText(error)}.`);
    }
    return asked.includes('terminal')
      ? this.#inTerminal({ ...request, via: asked }, asked, signal)
      : this.#onPage({ ...request, via: asked }, signal);
  }

  /** Whoever comes by the terminal need not wait for the page. */
  #inTerminal(
    request: ApprovalRequest,
    asked: readonly InboxChannel[],
    signal: AbortSignal,
  ): Promise<Approval> {
    const answer = this.inbox.put(request, signal);
    const invite = (link?: string, failure: string[] = []) => {
      if (this.inbox.holds(request.id))
        this.services.tell([invitation(request, asked, link), ...failure].join('\n'));
    };
    if (!asked.includes('page')) invite();
    else
      this.services.page(request.open).then(
        (link) => invite(link),
        (error: unknown) => invite(undefined, [`The page cannot be started: ${errorText(error)}.`]),
      );
    return answer;
  }

  async #onPage(request: ApprovalRequest, signal: AbortSignal): Promise<Approval> {
    let link: string;
    try {
      link = await this.services.page(request.open);
    } catch (error) {
      return unavailable(['page'], `The page cannot be started: ${errorText(error)}.`);
    }
    const answer = this.inbox.put(request, signal);
    if (this.inbox.holds(request.id)) this.services.tell(invitation(request, ['page'], link));
    return answer;
  }
}

/** Why the call cannot be shown to anybody; undefined when it can. */
function tooLong({ name, otherParamsText }: ApprovalRequest): string | undefined {
  if (name.length > LONGEST_NAME) return `A name of ${name.length} characters cannot be shown.`;
  const length = otherParamsText?.length ?? 0;
  return length > LONGEST_OTHER_PARAMS
    ? `The ${length} characters that the request sends besides its arguments cannot be shown.`
    : undefined;
}

function unavailable([via = 'none']: readonly Approval['via'][], reason: string): Approval {
  return { approved: false, via, how: 'unavailable', reason };
}

function invitation(
  { id, name, server, risk }: ApprovalRequest,
  open: readonly InboxChannel[],
  link: string | undefined,
): string {
  const ways = [...(link ? [link] : []), ...(open.includes('terminal') ? [`policy-wrap approve ${id}`] : [])];
  return `${quote(name)} on ${quote(server)} waits for your approval (risk: ${risk}): ${ways.join(' or ')}`;
}
