import { EXIT, UserError } from '../../platform/user-error.js';
import { RUN_OPTIONS } from '../run/run-options.js';
import { approvalCommands } from './approvals.js';
import { clientCommands } from './clients.js';
import { command } from './definition.js';
import { demoCommands } from './demo.js';
import { policyCommands } from './policy.js';
import { serverCommands } from './servers.js';
import { shellCommands } from './shell.js';

/** The whole command line. By itself it runs a server; that is carried out before any of this is loaded. */
export const POLICY_WRAP = command({
  name: 'policy-wrap',
  summary:
    'Puts a policy in front of any MCP server: allow, deny, rate-limit or ask a person before a tool call runs.',
  options: { ...RUN_OPTIONS, version: { short: 'v', summary: 'print the version' } },
  server: 'required',
  examples: [
    '-- npx -y @modelcontextprotocol/server-filesystem ~/projects',
    'explain delete_broker --config policy-wrap.yaml',
    'test',
  ],
  exitCodes: {
    0: 'fine',
    1: 'it could not be done, or a test failed',
    2: 'it was done, and the answer is no',
    3: 'the policy is invalid',
  },
  commands: [
    ...demoCommands,
    ...clientCommands,
    ...serverCommands,
    ...policyCommands,
    ...approvalCommands,
    ...shellCommands,
  ],
  load: async () => {
    const { card, firstSteps, GENERAL_STEPS } = await import('./usage/card.js');
    return async ({ root }) => {
      // A client whose entry has lost its command reads stdout as the protocol, and shows people what stderr has.
      if (process.stdin.isTTY || process.stdout.isTTY) {
        process.stdout.write(card(root, await firstSteps()));
        return EXIT.fine;
      }
      process.stderr.write(`${card(root, GENERAL_STEPS)}\n`);
      throw new UserError(
        'no server command was given',
        'write it after `--`, such as: policy-wrap -- npx -y some-mcp-server',
      );
    };
  },
});
