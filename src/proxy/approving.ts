import { elicitationApprover } from '../approvals/client/elicitation.js';
import { Desk } from '../approvals/desk/desk.js';
import { DeskApprover } from '../approvals/desk/desk-approver.js';
import { announced } from '../approvals/notice/announced.js';
import { commandApprover } from '../approvals/program/command.js';
import { Standing } from '../approvals/standing.js';
import type { ApprovalSettings } from '../core/approval.js';
import { Doors } from './doors.js';
import { People } from './people.js';
import type { Questions } from './questions.js';

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
