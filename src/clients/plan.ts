import type { ConfigPlace } from './config-places.js';
import { wrapStateOf } from './entries/command-words.js';
import { entriesIn, entryStart, isDisabled, NoServers, type ServerEntry } from './entries/entry.js';
import { EntryWriter } from './entries/entry-writer.js';
import { type GivenUp, givenUp } from './entries/given-up.js';
import { type EntryIdentity, identityOf } from './entries/identity.js';
import type { NamedPolicy, Runner } from './entries/own-words.js';
import { unwrap } from './entries/unwrap.js';
import { type Change, wrap } from './entries/wrap.js';
import {
  applySplices,
  ConfigError,
  errorAt,
  inverseOf,
  type MapNode,
  type Range,
  type Splice,
  type Syntax,
} from './formats/config-text.js';
import { otherwiseSame } from './formats/same-config.js';
import type { KnownClient } from './known-clients.js';
import { type EntryRecord, movedUndo, rangesOf, recordFor, recordOf, undoOf } from './record.js';

/** What is done with the servers of one file. */
export type Task =
  | { kind: 'install'; runner: Runner; policy: NamedPolicy; records: readonly EntryRecord[] }
  | { kind: 'uninstall'; records: readonly EntryRecord[] };

/** A file to plan for, with what it says. */
export interface ConfigFile {
  client: KnownClient;
  place: ConfigPlace;
  text: string;
  syntax: Syntax;
}

/** A server, and what becomes of it. */
export interface ServerPlan {
  name: string;
  /** The project that the file names for it. */
  within: string | undefined;
  disabled: boolean;
  /** Command and arguments are one list. */
  list: boolean;
  change: Change;
  /** What it is to policies; undefined where no command starts it. */
  identity: EntryIdentity | undefined;
  /** What a wrapped entry gives up as it is. */
  givenUp: readonly GivenUp[];
}

/** What becomes of a file. Making it changes nothing. */
export interface FilePlan extends ConfigFile {
  servers: readonly ServerPlan[];
  splices: readonly Splice[];
  after: string;
  /** How to put back what is changed; for `uninstall` what is still to be kept. */
  records: readonly EntryRecord[];
}

/**
 * Plans what becomes of a file.
 * @param wanted whether the servers of that name are meant
 * @throws {ConfigError} when the file cannot be read, or not be changed without touching something else
 */
export function planFile(file: ConfigFile, task: Task, wanted: (name: string) => boolean): FilePlan {
  const { text, syntax } = file;
  const root = readConfig(file);
  const writing = new EntryWriter(text, syntax);
  const entries = serversIn(file, root);
  const planned = entries
    .filter(({ name }) => wanted(name))
    .map((entry) => ({ entry, change: changeOf(entry, writing, file, task) }));
  const splices = planned.flatMap(({ change }) => (change.kind === 'change' ? change.splices : []));
  const after = applySplices(text, splices);
  const afterwards = splices.length === 0 ? [] : verified({ ...file, text: after }, root, planned);
  return {
    ...file,
    servers: planned.map(({ entry, change }) => ({
      name: entry.name,
      within: entry.within,
      disabled: isDisabled(entry),
      list: entry.list,
      change,
      identity: identityOf(entry),
      givenUp: givenUp(entry, file.place.project !== undefined),
    })),
    splices,
    after,
    records: recordsAfter(task, { text, after, splices, entries, planned, afterwards }),
  };
}

/** @throws {ConfigError} */
export function readConfig({ text, syntax }: ConfigFile): MapNode {
  return syntax.read(text);
}

/** @throws {ConfigError} when something else is in the place of the servers */
export function serversIn({ place, text }: ConfigFile, root: MapNode): ServerEntry[] {
  try {
    return entriesIn(root, place.servers);
  } catch (error) {
    if (!(error instanceof NoServers)) throw error;
    const { message, offset } = error;
    throw offset === undefined ? new ConfigError(message) : errorAt(message, text, offset);
  }
}

/** What `install` would do with an entry, as far as the entry alone decides it. Changes nothing. */
export function changeByInstall(entry: ServerEntry, file: ConfigFile, runner: Runner): Change {
  const task: Task = { kind: 'install', runner, policy: 'as it is', records: [] };
  return changeOf(entry, new EntryWriter(file.text, file.syntax), file, task);
}

function changeOf(
  entry: ServerEntry,
  writing: EntryWriter,
  { client, text, place }: ConfigFile,
  task: Task,
): Change {
  if (task.kind === 'install') {
    const { runner, policy } = task;
    return wrap(entry, writing, { client, runner, policy, shared: place.shared === true });
  }
  const record = recordFor(task.records, entry.keys);
  const undo = record && undoOf(text, entry.node, record);
  const derived = unwrap(entry, writing, client);
  return undo && derived.kind === 'change' ? { ...derived, splices: undo, exact: true } : derived;
}

/**
 * The servers as they are afterwards.
 * @throws {ConfigError} when anything else would be another than before
 */
function verified(
  file: ConfigFile,
  before: MapNode,
  planned: readonly { entry: ServerEntry; change: Change }[],
): ServerEntry[] {
  const root = readConfig(file);
  const entries = serversIn(file, root);
  const changed = planned.filter(({ change }) => change.kind === 'change');
  const fine =
    otherwiseSame(
      before,
      root,
      changed.map(({ entry }) => entry.keys),
    ) && changed.every(({ entry, change }) => startsAs(entryAt(entries, entry.keys), change));
  if (!fine) throw new ConfigError('it cannot be changed without changing something else in it');
  return entries;
}

function startsAs(entry: ServerEntry | undefined, change: Change): boolean {
  if (entry === undefined || change.kind !== 'change') return false;
  const start = entryStart(entry);
  if (start.kind === 'odd') return false;
  const words = start.kind === 'url' ? [start.url.value.value] : start.words;
  if (change.exact) return start.kind === 'url' || wrapStateOf(words) !== 'wrapped';
  return JSON.stringify(words) === JSON.stringify(change.words);
}

function entryAt(entries: readonly ServerEntry[], keys: readonly string[]): ServerEntry | undefined {
  return entries.find((entry) => isAt(entry, keys));
}

function isAt(entry: ServerEntry, keys: readonly string[]): boolean {
  return JSON.stringify(entry.keys) === JSON.stringify(keys);
}

interface Done {
  text: string;
  after: string;
  splices: readonly Splice[];
  entries: readonly ServerEntry[];
  planned: readonly { entry: ServerEntry; change: Change }[];
  afterwards: readonly ServerEntry[];
}

function recordsAfter(
  task: Task,
  { text, after, splices, entries, planned, afterwards }: Done,
): EntryRecord[] {
  const changed = planned.filter(({ change }) => change.kind === 'change');
  if (task.kind === 'uninstall')
    return task.records.filter(
      ({ keys }) => entryAt(entries, keys) && !changed.some(({ entry }) => isAt(entry, keys)),
    );
  const inverse = inverseOf(text, splices);
  return changed.flatMap(({ entry: before, change }) => {
    const entry = entryAt(afterwards, before.keys);
    // What was put in front of a server before stays known, so that all of it can be taken out again.
    const record =
      change.kind === 'change' && change.renewed ? recordFor(task.records, before.keys) : undefined;
    const known = record && undoOf(text, before.node, record);
    const undo = change.kind === 'change' && change.renewed ? known && movedUndo(known, splices) : inverse;
    const own = entry && undo?.filter((each) => isWithin(each, rangesOf(after, entry.node)));
    return (own && entry && recordOf(after, before.keys, entry.node, own)) ?? [];
  });
}

function isWithin({ start, end }: Splice, ranges: readonly Range[]): boolean {
  return ranges.some((range) => start >= range.start && end <= range.end);
}
