import type { ApprovalSettings } from '../core/policy/compile/approval-settings.js';
import { type AskClient, elicitationApprover } from './client/elicitation.js';
import { Desk } from './inbox/inbox.js';
import { DeskApprover } from './inbox/inbox-approver.js';
import { announced } from './notify/with-notification.js';
import { Doors } from './open-on-demand.js';
import { commandApprover } from './program/command-approver.js';
import { People } from './queue/approval-queue.js';
import { Standing } from './queue/grants.js';

/** What the channels to people need of the session. */
export interface ApprovingParts {
  server: string;
  /** Sends a request to the client, and takes it back when the signal is aborted. Rejects when the client answers with an error. */
  askClient: AskClient;
  /** How people are asked, as the policy in force says. */
  settings(): ApprovalSettings;
  /** Tells a person something, on stderr. */
  tell(note: string): void;
}

/** All the ways to reach people, and what they have said. */
export function peopleOf({ server, askClient, settings, tell }: ApprovingParts): People {
  const standing = new Standing();
  const desk = new Desk(server, standing);
  const doors = new Doors(desk, tell);
  const approvers = [
    elicitationApprover(askClient),
    announced(new DeskApprover(desk, doors), () => settings().notify, tell),
    commandApprover(() => settings().command, tell),
  ];
  return new People(approvers, standing, {
    decided: (...ended) => desk.decided(...ended),
    closed: () => doors.close(),
  });
}
