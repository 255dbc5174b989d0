import path from 'node:path';
import type { Approval } from '../../core/policy/decide/approval.js';
import { quote } from '../../core/text/quote.js';
import type { ApprovalRequest } from '../queue/approver.js';
import { isAnswerFlaw, readProgramAnswer } from './program-answer.js';
import { programRequest } from './program-request.js';
import { type ProgramEnd, runProgram } from './run-program.js';

/** Puts one request to a program and reads its answer. Only an answer without any mistake, and exit code 0, approves. Never rejects. */
export async function askProgram(
  command: readonly string[],
  request: ApprovalRequest,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<Approval> {
  const name = quote(path.basename(command[0] ?? ''));
  const askedAt = performance.now();
  const end = await runProgram(command, programRequest(request), signal, (line) =>
    tell(`${name} says: ${line}`),
  );
  const base = { via: 'command' as const, afterMs: Math.round(performance.now() - askedAt) };
  if (signal.aborted || end.how === 'ended') return { ...base, approved: false, how: 'unanswered' };
  const failure = failureOf(end);
  if (failure !== undefined || end.how !== 'exited') return unavailable(`${name} ${failure}`);
  const answer = readProgramAnswer(end.stdout);
  if (isAnswerFlaw(answer)) return unavailable(`${name} ${answer.mistake}`);
  const { approved, by, reason, remember } = answer;
  return {
    ...base,
    approved,
    how: approved ? 'approved' : 'declined',
    by,
    reason,
    remember: request.mayRemember ? remember : undefined,
  };

  function unavailable(what: string): Approval {
    return { ...base, approved: false, how: 'unavailable', reason: `The approval program ${what}.` };
  }
}

/** What went wrong, to follow the name of the program; undefined when it has ended as it should. */
function failureOf(end: ProgramEnd): string | undefined {
  switch (end.how) {
    case 'not found':
      return 'was not found';
    case 'not started':
      return `cannot be started (${end.code})`;
    case 'too much':
      return 'wrote more than 64 kB';
    case 'killed':
      return `was ended by ${end.signal}`;
    case 'exited':
      return end.code === 0 ? undefined : `ended with exit code ${end.code}`;
    default:
      return undefined;
  }
}
