import { findProjectFile, findUserFile } from '../../../config/find.js';
import { visible } from '../../../core/text/visible.js';
import { UserError } from '../../../platform/user-error.js';
import { userFolders } from '../../../platform/user-folders.js';
import { commandText } from '../../servers/command-text.js';
import type { FoundServer } from '../../servers/found-servers.js';
import { ownServers } from '../../servers/named-server.js';

/** A command without `policy-wrap` in front, and what comes of it. */
export type FirstStep = readonly [words: string, text: string];

const DEMO: FirstStep = ['demo', 'see it at work: a client, a policy and an example server'];
const INSTALL: FirstStep = ['install', 'put it in front of the servers of your MCP clients'];
const STATUS: FirstStep = ['status', 'see every server, which policy judges it, and what to do next'];

/** What to do first, where nothing is known of whoever asks; in the order of a first day. */
export const GENERAL_STEPS: readonly FirstStep[] = [
  DEMO,
  ['inspect -- npx -y some-mcp-server', 'see what the tools of a server can do'],
  INSTALL,
];

const NAMES_SHOWN = 3;

/** What to do first on this machine: what its MCP clients have in their configs decides, and what is done already. */
export async function firstSteps(): Promise<readonly FirstStep[]> {
  const { servers, left } = ownServers();
  if (servers.length === 0) return left.length > 0 ? [STATUS, INSTALL, DEMO] : GENERAL_STEPS;
  const inspect = inspectStep(servers);
  const init: FirstStep = ['init', `write a policy for the servers of your MCP clients: ${namesOf(servers)}`];
  const put = servers.every(({ wrapped }) => wrapped) ? [] : [INSTALL];
  if (!(await hasPolicy())) return [init, ...put, ...inspect, DEMO];
  if (put.length > 0) return [...put, ...inspect, STATUS];
  return [STATUS, ['approvals watch', 'decide the calls that wait for you'], ...inspect];
}

/** A name that could be taken for an option is none to show how a command is written. */
function inspectStep(servers: readonly FoundServer[]): FirstStep[] {
  const name = servers.map((each) => each.name).find((each) => /^\w/.test(each));
  return name === undefined
    ? []
    : [[`inspect ${commandText([name])}`, 'see what the tools of a server can do']];
}

function namesOf(servers: readonly FoundServer[]): string {
  const names = [...new Set(servers.map(({ name }) => name))];
  const more = names.length > NAMES_SHOWN ? [`${names.length - NAMES_SHOWN} more`] : [];
  return [...names.slice(0, NAMES_SHOWN).map(visible), ...more].join(', ');
}

/** One that cannot be used is one, too: what is wrong with it is for the next command to say. */
async function hasPolicy(): Promise<boolean> {
  if (process.env['POLICY_WRAP_CONFIG'] || findUserFile(userFolders().config)) return true;
  try {
    return (await findProjectFile(process.cwd())) !== undefined;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}
