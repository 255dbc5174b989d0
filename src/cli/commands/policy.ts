import { REPORTERS } from '../policy/reporters/reporter.js';
import { command } from './definition.js';
import { CLIENT_OPTION, CONFIG_OPTION, JSON_OPTION, PRESET_OPTION, TOOLS_OPTIONS } from './shared-options.js';

const check = command({
  name: 'check',
  group: 'ci',
  summary: 'find everything that is wrong with policy files, or with all below folders',
  arguments: [{ name: 'files', variadic: true, offer: 'files' }],
  options: {
    config: { short: 'c', value: 'file', offer: 'files', summary: 'the same as the file' },
    print: { summary: 'print the effective policy, with what it extends' },
    against: {
      summary:
        'compare it with the tools of a server: of a name in the configs of your clients, or after `--`',
    },
    'update-lock': { summary: 'write what the server lists into policy-wrap.lock' },
    ...TOOLS_OPTIONS,
    ...CLIENT_OPTION,
    ...JSON_OPTION,
    reporter: {
      value: 'name',
      choices: REPORTERS,
      default: 'text',
      summary: 'annotations for pull requests, on stdout',
    },
  },
  server: 'optional',
  examples: [
    'check',
    'check policies/ --reporter github',
    'check --print',
    'check --against memory',
    'check --against -- npx -y some-mcp-server',
  ],
  exitCodes: { 2: 'the policy does not fit the server (--against)', 3: 'the policy is invalid' },
  load: async () => {
    const { checkOrCompare } = await import('../policy/check-or-compare.js');
    return ({ arguments: [files], options, server }) =>
      checkOrCompare([...(options.config ? [options.config] : []), ...files], {
        ...options,
        command: server,
      });
  },
});

const explain = command({
  name: 'explain',
  group: 'write',
  summary: 'show what happens to a call and why; its arguments are a JSON object',
  arguments: [{ name: 'tool' }, { name: 'arguments', optional: true }],
  options: {
    ...CONFIG_OPTION,
    ...PRESET_OPTION,
    server: {
      value: 'id',
      summary: 'id of the server, otherwise of the one whose section names the tool',
    },
    client: { value: 'name', default: '', summary: 'name of the client' },
    ...JSON_OPTION,
  },
  examples: [
    'explain delete_broker',
    `explain create_charge '{"amount": 60000}'`,
    'explain delete_broker --server some-mcp-server --preset strict',
  ],
  load: async () => {
    const { explain: run } = await import('../policy/explain.js');
    return ({ arguments: [tool, argumentsText], options }) => run(tool, argumentsText, options);
  },
});

const test = command({
  name: 'test',
  group: 'ci',
  summary: 'run the `tests:` of policy files, or of all policy files below folders',
  arguments: [{ name: 'files', variadic: true, offer: 'files' }],
  options: {
    ...JSON_OPTION,
    reporter: {
      value: 'name',
      choices: ['table', 'junit', 'github'],
      default: 'table',
      summary: 'how to print the results',
    },
  },
  examples: ['test', 'test policies/', 'test --reporter junit > results.xml'],
  exitCodes: { 1: 'a test failed', 3: 'a policy is invalid' },
  load: async () => {
    const { test: run } = await import('../policy/test.js');
    return ({ arguments: [files], options }) => run(files, options);
  },
});

const schema = command({
  name: 'schema',
  group: 'write',
  summary: 'print the JSON Schema of the policy file',
  examples: ['schema', 'schema > policy-wrap.schema.json'],
  load: async () => (await import('../policy/schema.js')).schema,
});

/** The commands that read, test and explain policy files. */
export const policyCommands = [explain, schema, check, test] as const;
