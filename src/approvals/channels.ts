import type { ApprovalSettings } from '../core/policy/compile/approval-settings.js';
import { type AskClient, elicitationApprover } from './client/elicitation.js';
import { Inbox } from './inbox/inbox.js';
import { InboxApprover } from './inbox/inbox-approver.js';
import { withNotification } from './notify/with-notification.js';
import { OnDemandServices } from './open-on-demand.js';
import { commandApprover } from './program/command-approver.js';
import { ApprovalQueue } from './queue/approval-queue.js';
import { Grants } from './queue/grants.js';

/** What the channels to people need of the session. */
export interface ChannelDeps {
  server: string;
  /** Sends a request to the client, and takes it back when the signal is aborted. Rejects when the client answers with an error. */
  askClient: AskClient;
  /** Whether the client can be asked; resolves when the server has answered `initialize`. */
  canAskClient(): Promise<boolean>;
  /** How people are asked, as the policy in force says. */
  settings(): ApprovalSettings;
  /** Tells a person something, on stderr. */
  tell(note: string): void;
}

/** All the ways to reach people, and what they have said. */
export function openApprovalQueue({
  server,
  askClient,
  canAskClient,
  settings,
  tell,
}: ChannelDeps): ApprovalQueue {
  const grants = new Grants();
  const inbox = new Inbox(server, grants);
  const services = new OnDemandServices(inbox, tell);
  const approvers = [
    elicitationApprover(askClient, canAskClient),
    withNotification(new InboxApprover(inbox, services), () => settings().notify, tell),
    commandApprover(() => settings().command, tell),
  ];
  return new ApprovalQueue(approvers, grants, {
    decided: (...ended) => inbox.decided(...ended),
    closed: () => services.close(),
  });
}
