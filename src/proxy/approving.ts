import { randomBytes } from 'node:crypto';
import type { Approver } from '../approvals/approver.js';
import { Desk } from '../approvals/desk.js';
import { elicitationApprover } from '../approvals/elicitation.js';
import { Standing } from '../approvals/standing.js';
import { People } from './people.js';
import type { Questions } from './questions.js';

/** What the channels to people need of the session. */
export interface ApprovingParts {
  server: string;
  questions: Questions;
  /** Tells a person something, on stderr. */
  tell(note: string): void;
}

/** Letters and digits that nobody takes for each other (RFC 4648 base32 without l, o and i, in lower case). */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 6;

/** All the ways to reach people, and what they have said. */
export function peopleOf({ server, questions }: ApprovingParts): People {
  const standing = new Standing();
  const desk = new Desk(server, standing);
  const approvers: Approver[] = [elicitationApprover((...asked) => questions.ask(...asked))];
  return new People(approvers, desk, standing, nameQuestion);
}

/** A name for people to type. It need not be hard to guess: knowing it allows nothing. */
function nameQuestion(): string {
  return [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}
