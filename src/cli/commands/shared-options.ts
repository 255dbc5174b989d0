import { KNOWN_CLIENTS } from '../../clients/known-clients.js';
import { PRESET_NAMES } from '../../core/policy/document/keywords.js';
import type { OptionSet } from './definition.js';

/** Every command has it, so none declares it. */
export const HELP_OPTION = { help: { short: 'h', summary: 'print this help' } } as const satisfies OptionSet;

export const JSON_OPTION = { json: { summary: 'print the result as JSON' } } as const satisfies OptionSet;

export const CONFIG_OPTION = {
  config: {
    short: 'c',
    value: 'file',
    offer: 'files',
    summary: "use this policy file instead of the project's",
  },
} as const satisfies OptionSet;

export const PRESET_OPTION = {
  preset: { value: 'name', choices: PRESET_NAMES, summary: 'use a built-in policy' },
} as const satisfies OptionSet;

export const YES_OPTION = {
  yes: { short: 'y', summary: 'do not ask any questions' },
} as const satisfies OptionSet;

/** How a server is named and waited for, by commands that start one. */
export const SERVER_OPTIONS = {
  server: { value: 'id', summary: 'id of the server, otherwise derived from the command' },
  timeout: { value: 'seconds', default: '60', summary: 'how long the server may take to answer' },
} as const satisfies OptionSet;

/** For commands that only read a server's tools. */
export const TOOLS_OPTIONS = {
  tools: {
    value: 'file',
    offer: 'files',
    summary: 'read a saved answer to tools/list instead of starting the server',
  },
  ...SERVER_OPTIONS,
} as const satisfies OptionSet;

/** For commands that look into the configs of MCP clients. */
export const CLIENT_OPTION = {
  client: {
    value: 'names',
    list: true,
    offer: KNOWN_CLIENTS.map(({ name }) => name),
    summary: 'only these clients (comma-separated)',
  },
} as const satisfies OptionSet;
