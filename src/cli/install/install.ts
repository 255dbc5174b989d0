import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkWritable } from '../../clients/config-file.js';
import { sharedIds } from '../../clients/entries/identity.js';
import type { FoundConfig } from '../../clients/find-configs.js';
import { findUnread, type UnreadConfig } from '../../clients/find-unread.js';
import { ConfigError } from '../../clients/formats/config-text.js';
import { planFile, readConfig, serversIn, type Task } from '../../clients/plan.js';
import { readFileRecord, recordedFiles } from '../../clients/record-file.js';
import { findProjectFile } from '../../config/find.js';
import { loadFile } from '../../config/load.js';
import { suggest } from '../../core/text/did-you-mean.js';
import { visible } from '../../core/text/visible.js';
import { placePath } from '../../platform/display-path.js';
import { asTyped } from '../../platform/outer-npx.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import { userFolders } from '../../platform/user-folders.js';
import { chosenClients } from '../servers/chosen-clients.js';
import { configMachine } from '../servers/config-machine.js';
import { placedEntry } from '../servers/ids/id-advice.js';
import { safeJson } from '../terminal/json-text.js';
import { printNote } from '../terminal/output.js';
import { applyPlans, overwritten } from './apply.js';
import { readableConfigs, runnerFrom, unusable } from './choice.js';
import { confirmed } from './confirm.js';
import { planJson, planText } from './plan-text.js';
import type { PlannedFile, WrittenFile } from './planned.js';
import { sharedText, unreadText } from './status-text.js';

/** In the same bundle, since both need most of the same. */
export { outlookOf } from './outlook.js';
export { currentServers, status } from './status.js';

export interface InstallOptions {
  client?: readonly string[];
  dryRun?: boolean;
  yes?: boolean;
  json?: boolean;
  using?: string;
  config?: string;
}

/** Puts policy-wrap in front of the servers of the clients' config files. */
export async function install(servers: readonly string[], options: InstallOptions): Promise<number> {
  const runner = runnerFrom(options.using);
  const folder = recordFolder();
  const policy = options.config === undefined ? undefined : await usablePolicy(options.config);
  const unseen = policy === undefined ? (await findProjectFile(process.cwd()))?.file : undefined;
  if (unseen) for (const line of notSeen(unseen, options.client)) printNote(line);
  return change(servers, options, async (config) => ({
    kind: 'install',
    runner,
    policy:
      policy === undefined ? 'as it is' : { file: (await isFound(policy, config)) ? undefined : policy },
    records: readFileRecord(folder, config.real)?.entries ?? [],
  }));
}

/**
 * The file, where it is.
 * @throws {PolicyError} when it cannot be used
 */
async function usablePolicy(config: string): Promise<string> {
  const file = path.resolve(config);
  const { policyFor } = await loadFile(file, process.cwd());
  await policyFor('');
  return file;
}

/** Whether servers of this config find the policy by themselves: their project's. Its path on this machine is no business of others. */
async function isFound(policy: string, { place }: FoundConfig): Promise<boolean> {
  return place.project !== undefined && (await findProjectFile(place.project))?.file === policy;
}

/** Whose servers do not see the project's policy. It is not named unasked: a file that is named may do more than one that is found. */
function notSeen(file: string, client: readonly string[] | undefined): string[] {
  const elsewhere = readableConfigs(chosenClients(client)).filter(
    ({ client: { startsHere }, place }) => !startsHere && place.project === undefined,
  );
  const name = visible(placePath(file));
  return [...new Set(elsewhere.map((config) => config.client.title))].map(
    (title) =>
      `${title} does not start its servers in this folder, so they do not see ${name}; to have it judge them, add --config ${name}`,
  );
}

/** Takes it out again. */
export async function uninstall(servers: readonly string[], options: InstallOptions): Promise<number> {
  const folder = recordFolder();
  const code = await change(servers, options, ({ real }) => ({
    kind: 'uninstall',
    records: readFileRecord(folder, real)?.entries ?? [],
  }));
  if (options.client === undefined)
    for (const file of wrappedElsewhere(folder))
      printNote(
        `${visible(placePath(file))} is still wrapped: run ${asTyped('policy-wrap uninstall')} in the project that it belongs to`,
      );
  return code;
}

/** The configs of projects other than the one in which this runs: they are not looked for, and have been changed before. */
function wrappedElsewhere(folder: string): string[] {
  const seen = readableConfigs(chosenClients(undefined)).map(({ real }) => real);
  return recordedFiles(folder).filter((file) => !seen.includes(file) && existsSync(file));
}

/** Where it is kept how entries were before they were changed. */
function recordFolder(): string {
  return path.join(userFolders().state, 'installed');
}

/** All files are planned before one is written: where one of them is broken, nothing is. */
async function change(
  servers: readonly string[],
  options: InstallOptions,
  taskFor: (config: FoundConfig) => Task | Promise<Task>,
): Promise<number> {
  const configs = readableConfigs(chosenClients(options.client));
  const planned: PlannedFile[] = [];
  for (const config of configs) planned.push(planOne(config, await taskFor(config), servers));
  checkNames(servers, configs);
  const changing = planned.filter(({ plan }) => plan.splices.length > 0);
  const shown = planned.filter(({ plan }) => plan.servers.length > 0);
  const unread = findUnread(chosenClients(options.client), configMachine());
  if (!options.json) process.stdout.write(planText(shown) + warningText(shown, unread));
  if (!options.dryRun) for (const { config } of changing) checked(config);
  const write = changing.length > 0 && !options.dryRun && (await confirmed(changing.length, options));
  const done: WrittenFile[] = [];
  const failure = write ? applyPlans(changing, recordFolder(), done) : undefined;
  if (options.json) process.stdout.write(`${safeJson(planJson(shown, done, unread), 2)}\n`);
  if (failure) throw failure;
  const lost = await overwritten(changing, done);
  if (lost) throw lost;
  for (const line of lastWords(shown, changing, done, options)) printNote(line);
  return changing.length > 0 && !write && !options.dryRun ? EXIT.failed : EXIT.fine;
}

/**
 * What can be known before is looked at before: either all files are written or none.
 * @throws {UserError}
 */
function checked(config: FoundConfig): void {
  try {
    checkWritable(config.real);
  } catch (error) {
    if (error instanceof ConfigError) throw unusable({ ...config, file: config.place.file, error });
    throw error;
  }
}

/** What is to be known beside the changes. */
function warningText(shown: readonly PlannedFile[], unread: readonly UnreadConfig[]): string {
  const installing = shown.filter(({ task }) => task.kind === 'install');
  const servers = installing.flatMap(({ config, plan }) =>
    plan.servers.map(({ name, identity, list, change }) => ({
      name,
      client: config.client.name,
      title: config.client.title,
      identity,
      written: change.kind === 'skipped' ? undefined : placedEntry(config, list, change.words),
    })),
  );
  return [...sharedText(sharedIds(servers)), ...unreadText(unread)].map((text) => `${text}\n`).join('');
}

function planOne(config: FoundConfig, task: Task, servers: readonly string[]): PlannedFile {
  const wanted = (name: string) => servers.length === 0 || servers.includes(name);
  try {
    return { config, task, wanted, plan: planFile(config, task, wanted) };
  } catch (error) {
    if (error instanceof ConfigError) throw unusable({ ...config, file: config.place.file, error });
    throw error;
  }
}

function checkNames(servers: readonly string[], configs: readonly FoundConfig[]): void {
  const known = configs.flatMap((config) => serversIn(config, readConfig(config)).map(({ name }) => name));
  const unknown = servers.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const close = suggest(unknown, known);
  throw new UserError(
    `no config has a server '${visible(unknown)}'`,
    close
      ? `did you mean '${visible(close)}'?`
      : `the servers are ${[...new Set(known)].map(visible).join(', ') || 'none; see policy-wrap status'}`,
  );
}

function lastWords(
  shown: readonly PlannedFile[],
  changing: readonly PlannedFile[],
  done: readonly WrittenFile[],
  { dryRun }: InstallOptions,
): string[] {
  if (shown.length === 0) return ['no config of a known MCP client with servers in it was found'];
  if (changing.length === 0) return ['nothing needs to change'];
  if (dryRun) return ['nothing was written (--dry-run)'];
  if (done.length === 0) return ['nothing was written'];
  const installs = changing.some(({ task }) => task.kind === 'install');
  return [
    ...done.flatMap(({ words }) => words),
    ...endFirst(done),
    'restart the clients, so that they read their configs',
    ...(installs
      ? [
          `calls that need you wait here: ${asTyped('policy-wrap approvals watch')}, or in your browser: ${asTyped('policy-wrap page')}`,
        ]
      : []),
  ];
}

function endFirst(done: readonly WrittenFile[]): string[] {
  return done
    .filter(({ rewrittenBy }) => rewrittenBy !== undefined)
    .map(
      ({ file, rewrittenBy }) =>
        `${rewrittenBy} may write its own copy over ${visible(placePath(file))} while it runs; where it is open, end it and look with policy-wrap status`,
    );
}
