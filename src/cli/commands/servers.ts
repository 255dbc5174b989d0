import { command } from './definition.js';
import {
  CLIENT_OPTION,
  CONFIG_OPTION,
  JSON_OPTION,
  SERVER_OPTIONS,
  TOOLS_OPTIONS,
  YES_OPTION,
} from './shared-options.js';

const inspect = command({
  name: 'inspect',
  group: 'start',
  summary: 'show what the tools of a server do, how risky they are and what the policy does with them',
  arguments: [
    { name: 'name', optional: true },
    { name: 'tool', optional: true },
  ],
  options: {
    ...CONFIG_OPTION,
    markdown: { summary: 'print a report of the whole server as Markdown' },
    html: { summary: 'print a report of the whole server as one HTML file' },
    save: { value: 'file', offer: 'files', summary: 'also write the list of tools to a file, for --tools' },
    ...TOOLS_OPTIONS,
    ...CLIENT_OPTION,
    ...JSON_OPTION,
  },
  server: 'optional',
  examples: [
    'inspect memory',
    'inspect memory delete_entities --client cursor',
    'inspect -- npx -y some-mcp-server',
    'inspect delete_broker -- npx -y some-mcp-server',
    'inspect --html -- npx -y some-mcp-server > report.html',
    'inspect --save tools.json -- npx -y some-mcp-server',
  ],
  load: async () => {
    const { inspect: run } = await import('../inspect/inspect.js');
    return ({ arguments: words, options, server }) => run(words, { ...options, command: server });
  },
});

const init = command({
  name: 'init',
  group: 'write',
  summary: 'write a policy for the tools of a server, or of the servers in the configs of your MCP clients',
  arguments: [{ name: 'servers', variadic: true }],
  options: {
    config: {
      short: 'c',
      value: 'file',
      offer: 'files',
      summary: 'write this file instead of the usual one',
    },
    ...YES_OPTION,
    update: { summary: 'add new tools to an existing policy and keep the rest' },
    ...TOOLS_OPTIONS,
    ...CLIENT_OPTION,
  },
  server: 'optional',
  examples: [
    'init',
    'init memory github',
    'init -- npx -y some-mcp-server',
    'init --update -- npx -y some-mcp-server',
  ],
  exitCodes: { 1: 'it failed, or a server was left out' },
  load: async () => {
    const { init: run } = await import('../init/init.js');
    return ({ arguments: [names], options, server }) => run(names, { ...options, command: server });
  },
});

const importPolicy = command({
  name: 'import',
  group: 'write',
  summary: 'convert a policy of another product into a policy of policy-wrap',
  arguments: [{ name: 'file', offer: 'files' }],
  options: {
    output: { short: 'o', value: 'file', offer: 'files', summary: 'write this file instead of stdout' },
  },
  examples: [
    'import intercept.yaml',
    'import ~/.claude/settings.json -o policy-wrap.yaml',
    'import ~/.gemini/policies/my-rules.toml',
  ],
  load: async () => {
    const { importPolicy: run } = await import('../init/import-policy.js');
    return ({ arguments: [file], options }) => run(file, options);
  },
});

const doctor = command({
  name: 'doctor',
  group: 'start',
  summary:
    'start a server through policy-wrap as a client would, and show what works; without one, all of your clients',
  arguments: [{ name: 'server', optional: true }],
  options: { ...CONFIG_OPTION, ...SERVER_OPTIONS, ...CLIENT_OPTION, ...JSON_OPTION },
  server: 'optional',
  examples: [
    'doctor',
    'doctor memory --client cursor',
    'doctor -- npx -y some-mcp-server',
    'doctor --timeout 120 -- uvx some-mcp-server',
    'doctor -c policy-wrap.yaml -- node server.js',
  ],
  exitCodes: { 1: 'the server cannot be used', 2: 'something else is wrong', 3: 'the policy is invalid' },
  load: async () => {
    const { doctor: run } = await import('../doctor/doctor.js');
    return ({ arguments: [name], options, server }) => run(name, { ...options, command: server });
  },
});

/** The commands that start a server to learn about it, and those that write a policy for it. */
export const serverCommands = [inspect, doctor, init, importPolicy] as const;
