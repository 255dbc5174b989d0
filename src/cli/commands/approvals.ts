import type { Command } from 'commander';

/** The sub-commands with which a person decides calls from any shell. */
export function addApprovalCommands(program: Command, done: (code: number) => void): void {
  const approvals = program
    .command('approvals')
    .description('list the calls that wait for a person, what is remembered and what was decided')
    .option('--watch', 'the same as: approvals watch')
    .option('--link', 'print a fresh link to the page, which is good once')
    .option('--json', 'print the result as JSON')
    .action(async (options) => {
      const { approvals, link, watch } = await import('../approvals/entry.js');
      if (options.link) return done(await link());
      done(await (options.watch ? watch(options) : approvals(options)));
    });
  approvals
    .command('watch')
    .description('show each call as it comes, and decide it here')
    .option('--json', 'print a JSON line for each call that comes or goes')
    .action(async (options) => {
      const { watch } = await import('../approvals/entry.js');
      done(await watch({ ...approvals.opts(), ...options }));
    });
  approvals
    .command('show <id>')
    .description('show one call that waits, complete')
    .action(async (id) => {
      const { show } = await import('../approvals/entry.js');
      done(await show(id));
    });
  approvals
    .command('revoke <id>')
    .description('forget an approval that is remembered')
    .action(async (id) => {
      const { revokeApproval } = await import('../approvals/entry.js');
      done(await revokeApproval(id));
    });
  program
    .command('approve <id>')
    .description('approve a call that waits; the first characters of its id will do')
    .option('--remember <time>', 'approve the same call later too: session, or a time such as 30m')
    .option(
      '--tool',
      'approve later calls of the tool too, with any arguments: for 30m, or as --remember says',
    )
    .option(
      '--arguments <json>',
      'run the call with these arguments instead, where the policy says `edit: true`',
    )
    .action(async (id, options) => {
      const { approve } = await import('../approvals/entry.js');
      done(await approve(id, options));
    });
  program
    .command('deny <id>')
    .description('deny a call that waits')
    .option('--reason <text>', 'what the agent is told')
    .action(async (id, options) => {
      const { deny } = await import('../approvals/entry.js');
      done(await deny(id, options));
    });
}
