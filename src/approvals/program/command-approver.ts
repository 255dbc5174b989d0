import type { Approver } from '../queue/approver.js';

/**
 * Asks a program of the user's: the request as one JSON object on its stdin, the decision as one on its stdout. What
 * starts it is loaded when it is first needed.
 * @param command the program and its arguments, as the policy in force has them
 * @param tell what the program writes for people, line by line
 */
export function commandApprover(
  command: () => readonly string[] | undefined,
  tell: (line: string) => void,
): Approver {
  return {
    via: ['command'],
    available: () => command() !== undefined,
    async ask(request, signal) {
      const words = command();
      if (words === undefined) return { approved: false, via: 'command', how: 'unavailable' };
      const { askProgram } = await import('./ask-program.js');
      return askProgram(words, request, signal, tell);
    },
  };
}
