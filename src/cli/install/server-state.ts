import path from 'node:path';
import { innermost, ownOptions, wrapStateOf } from '../../clients/entries/command-words.js';
import { entryStart, isDisabled, type ServerEntry } from '../../clients/entries/entry.js';
import { entryFolder, textIn } from '../../clients/entries/entry-folder.js';
import { type GivenUp, givenUp } from '../../clients/entries/given-up.js';
import { type EntryIdentity, identityOf } from '../../clients/entries/identity.js';
import type { FoundConfig } from '../../clients/find-configs.js';
import { ConfigError } from '../../clients/formats/config-text.js';
import { changeByInstall, readConfig, serversIn } from '../../clients/plan.js';
import { configOfEnvironment } from '../../config/find.js';
import { type LoadedPolicy, loadPolicy } from '../../config/load.js';
import type { Section } from '../../core/policy/compile/policy.js';
import { placePath } from '../../platform/display-path.js';
import { UserError } from '../../platform/user-error.js';
import { readRunCommand } from '../run/run-options.js';
import { type PlacedEntry, placedEntry } from '../servers/ids/id-advice.js';
import { misnamedSections } from '../servers/ids/misnamed-sections.js';
import { runnerFrom } from './choice.js';
import { type StartProblem, startProblem } from './startable.js';

/** What is known of one server of a client. */
export interface ServerState {
  name: string;
  /** The project that the file names for it. */
  within: string | undefined;
  disabled: boolean;
  state: 'wrapped' | 'not wrapped' | 'by URL' | 'unknown';
  /** The words that start the server itself, or its URL. */
  words: readonly string[];
  /** Its command as it is in the config, or as `install` would write it. */
  written?: PlacedEntry;
  /** The id by which policies and logs know it. */
  id?: string;
  /** What is known of that id. */
  identity?: EntryIdentity;
  /** Neither named nor told by the command: others that are started so have the same id. */
  unsure?: boolean;
  /** Why its state is unknown. */
  reason?: string;
  /** Whether `install` would put policy-wrap in front of it, or make what is there start again. */
  installs?: boolean;
  /** Why `install` leaves it without policy-wrap. */
  left?: string;
  /** Why it does not start. */
  problem?: StartProblem;
  /** What judges its calls; undefined where it is not wrapped. */
  policy?: AppliedPolicy | { problem: string };
  /** Sections of it that are meant for the server and do not apply, and what to do. */
  misnamed?: readonly string[];
  /** What its options and variables take from the policies that would judge without them. */
  givenUp?: readonly GivenUp[];
}

/** The policy of a server, as it would be found if the client started it now. */
export interface AppliedPolicy {
  /** Where it is looked for. */
  folder: string;
  /** A file; `auto` for one a day in the state folder; false for none. */
  log: string | false;
  layers: {
    source: string;
    file?: string;
    mode: string;
    tools: Named[];
    categories: Named[];
    default: string | undefined;
  }[];
}

interface Named {
  name: string;
  action: string;
}

/** The servers of a config; or why they cannot be told. */
export async function statesIn(config: FoundConfig): Promise<ServerState[] | string> {
  try {
    const states: ServerState[] = [];
    for (const entry of serversIn(config, readConfig(config))) states.push(await stateOf(entry, config));
    return states;
  } catch (error) {
    if (error instanceof ConfigError) return error.sentence;
    throw error;
  }
}

async function stateOf(entry: ServerEntry, config: FoundConfig): Promise<ServerState> {
  const start = entryStart(entry);
  const { name, within } = entry;
  const change = changeByInstall(entry, config, runnerFrom(undefined));
  const outcome =
    change.kind === 'skipped' ? { left: change.reason } : { installs: change.kind === 'change' };
  const common = { name, within, disabled: isDisabled(entry), ...outcome };
  if (start.kind === 'odd') return { ...common, state: 'unknown', words: [], reason: start.reason };
  if (start.kind === 'url') return { ...common, state: 'by URL', words: [start.url.value.value] };
  const { words } = start;
  const wrapState = wrapStateOf(words);
  if (wrapState !== 'bare' && wrapState !== 'wrapped')
    return { ...common, state: 'unknown', words, ...UNKNOWN[wrapState] };
  const identity = identityOf(entry);
  const folder = entryFolder(entry, config);
  const problem =
    common.disabled || config.place.note ? undefined : startProblem(words, wrapState === 'wrapped', folder);
  const server = {
    ...common,
    words: words.slice(innermost(words)),
    written: placedEntry(
      config,
      entry.list,
      wrapState === 'bare' && change.kind === 'change' ? change.words : words,
    ),
    ...(identity && { id: identity.id, identity }),
    ...(identity?.unsure && { unsure: true }),
    ...(problem && { problem }),
  };
  if (wrapState === 'bare') return { ...server, state: 'not wrapped' };
  const given = givenUp(entry, config.place.project !== undefined);
  const lost = given.length > 0 ? { givenUp: given } : {};
  return {
    ...server,
    state: 'wrapped',
    ...lost,
    ...(await policyOf(entry, words, identity?.id ?? '', config)),
  };
}

/** What is said of a command in which policy-wrap is where it does not work. */
const UNKNOWN = {
  inside: { reason: 'policy-wrap is inside another command' },
  itself: { reason: 'it is policy-wrap itself' },
  unseparated: {
    reason: 'the `--` in front of its command is missing',
    problem: {
      reason:
        'the `--` between policy-wrap and its command is missing, so the server does not start; policy-wrap install puts it there',
      sure: true,
    },
  },
} as const;

async function policyOf(
  entry: ServerEntry,
  words: readonly string[],
  id: string,
  config: FoundConfig,
): Promise<Pick<ServerState, 'policy' | 'misnamed'> & { id: string }> {
  let server = id;
  try {
    const { options } = readRunCommand([...ownOptions(words), '--', 'server']);
    const { preset, mode, via } = options;
    server = options.server ?? id;
    const folder = entryFolder(entry, config);
    const named = options.config ?? configOfEnvironment(textIn(entry, 'env', 'POLICY_WRAP_CONFIG') ?? '');
    // Files are named as people here call them, not as they are called where the client starts the server.
    const shownFrom = path.parse(folder).root;
    const loaded = await loadPolicy({ server, preset, mode, via, cwd: folder, config: named, shownFrom });
    const misnamed = misnamedSections(loaded.chains.map(({ documents }) => documents)).flatMap(
      ({ ids, message, help }) => (ids.includes(server) ? [`${message}; ${help}`] : []),
    );
    return {
      id: server,
      ...(misnamed.length > 0 && { misnamed }),
      policy: { folder, log: loaded.policy.audit.file ?? 'auto', layers: layersOf(loaded) },
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { id: server, policy: { problem: error.message.split('\n')[0] ?? '' } };
  }
}

function layersOf({ policy, found }: LoadedPolicy): AppliedPolicy['layers'] {
  const named = (source: string) => {
    const file = found.find((each) => placePath(each.file) === source)?.file;
    return file === undefined ? { source } : { source, file };
  };
  return policy.layers.map(({ source, mode, sections }) => ({
    ...named(source),
    mode,
    tools: sections.flatMap(toolsOf),
    categories: firstOfEach(
      sections.flatMap(({ categories }) =>
        [...categories].map(([name, rules]) => ({ name, action: actionsOf(rules) })),
      ),
    ),
    default: sections.flatMap((section) => (section.default ? [actionsOf(section.default)] : []))[0],
  }));
}

function toolsOf({ tools: { exact, globs } }: Section): Named[] {
  return [...exact.values(), ...globs].map(({ pattern, rules }) => ({
    name: pattern.text,
    action: actionsOf(rules),
  }));
}

/** Several rules of one entry may have different actions. */
function actionsOf(rules: readonly { action: string | undefined }[]): string {
  return [...new Set(rules.map(({ action }) => action ?? 'limits'))].join(' or ');
}

function firstOfEach(named: readonly Named[]): Named[] {
  return [...new Map([...named].reverse().map((each) => [each.name, each])).values()].reverse();
}
