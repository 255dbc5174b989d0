import type { ApprovalSettings } from '../core/policy/decide/approval.js';
import type { Questions } from '../proxy/peers/outgoing-requests.js';
import { elicitationApprover } from './client/elicitation.js';
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
  questions: Questions;
  /** How people are asked, as the policy in force says. */
  settings(): ApprovalSettings;
  /** Tells a person something, on stderr. */
  tell(note: string): void;
}

/** All the ways to reach people, and what they have said. */
export function peopleOf({ server, questions, settings, tell }: ApprovingParts): People {
  const standing = new Standing();
  const desk = new Desk(server, standing);
  const doors = new Doors(desk, tell);
  const approvers = [
    elicitationApprover((...asked) => questions.ask(...asked)),
    announced(new DeskApprover(desk, doors), () => settings().notify, tell),
    commandApprover(() => settings().command, tell),
  ];
  return new People(approvers, desk, standing, () => doors.close());
}
