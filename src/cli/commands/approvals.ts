import { command } from './definition.js';
import { JSON_OPTION } from './shared-options.js';

const watch = command({
  name: 'watch',
  group: 'watch',
  summary: 'show each call as it comes, and decide it here',
  options: { json: { summary: 'print a JSON line for each call that comes or goes' } },
  examples: ['approvals watch', 'approvals watch --json'],
  load: async () => {
    const { watch: run } = await import('../approvals/entry.js');
    return ({ options }) => run(options);
  },
});

const show = command({
  name: 'show',
  group: 'watch',
  summary: 'show a waiting call in full',
  arguments: [{ name: 'id' }],
  options: { secrets: { summary: 'show secrets as well' } },
  examples: ['approvals show k8u', 'approvals show k8u --secrets'],
  load: async () => {
    const { show: run } = await import('../approvals/entry.js');
    return ({ arguments: [id], options }) => run(id, options);
  },
});

const revoke = command({
  name: 'revoke',
  group: 'watch',
  summary: 'forget a remembered approval',
  arguments: [{ name: 'id' }],
  examples: ['approvals revoke d254f1fb'],
  load: async () => {
    const { revokeApproval } = await import('../approvals/entry.js');
    return ({ arguments: [id] }) => revokeApproval(id);
  },
});

const approvals = command({
  name: 'approvals',
  group: 'watch',
  summary: 'list the calls that wait for approval, the remembered approvals and the latest decisions',
  options: {
    watch: { summary: 'the same as: approvals watch', hidden: true },
    link: { summary: 'print a new single-use link to the approvals page' },
    ...JSON_OPTION,
  },
  commands: [watch, show, revoke],
  examples: ['approvals', 'approvals watch', 'approvals revoke d254f1fb'],
  load: async () => {
    const { approvals: run, link, watch: follow } = await import('../approvals/entry.js');
    return ({ options }) => (options.link ? link() : options.watch ? follow(options) : run(options));
  },
});

const page = command({
  name: 'page',
  group: 'watch',
  summary: 'open the approvals page, and keep it at one address for as long as this runs',
  options: { link: { summary: 'print a single-use link instead of opening a browser' } },
  examples: ['page', 'page --link'],
  load: async () => {
    const { page: run } = await import('../approvals/entry.js');
    return ({ options }) => run(options);
  },
});

const approve = command({
  name: 'approve',
  group: 'watch',
  summary: 'approve a waiting call; a unique prefix of the id is enough',
  arguments: [{ name: 'id' }],
  options: {
    remember: {
      value: 'time',
      offer: ['session', '30m', '2h'],
      summary: 'approve the same call later too: session, or a time such as 30m',
    },
    tool: {
      summary: 'approve later calls of the tool too, with any arguments: for 30m, or as --remember says',
    },
    arguments: {
      value: 'json',
      summary: 'run the call with these arguments instead, where the policy says `edit: true`',
    },
  },
  examples: ['approve k8u', 'approve k8u --remember session', 'approve k8u --tool'],
  exitCodes: { 2: 'the policy does not allow that decision' },
  load: async () => {
    const { approve: run } = await import('../approvals/entry.js');
    return ({ arguments: [id], options }) => run(id, options);
  },
});

const deny = command({
  name: 'deny',
  group: 'watch',
  summary: 'deny a waiting call; a unique prefix of the id is enough',
  arguments: [{ name: 'id' }],
  options: { reason: { value: 'text', summary: 'the reason that the agent sees' } },
  examples: ['deny k8u', 'deny k8u --reason "Not on a Sunday."'],
  exitCodes: { 2: 'the policy does not allow that decision' },
  load: async () => {
    const { deny: run } = await import('../approvals/entry.js');
    return ({ arguments: [id], options }) => run(id, options);
  },
});

/** The commands with which a person decides calls from any shell. */
export const approvalCommands = [approvals, page, approve, deny] as const;
