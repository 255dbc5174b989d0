import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { configOfEnvironment, findProjectFile, findUserFile } from '../../config/find.js';
import { loadFile } from '../../config/load.js';
import { merge } from '../../core/policy/document/merge.js';
import { displayPath } from '../../platform/display-path.js';
import { UserError } from '../../platform/user-error.js';
import { userFolders } from '../../platform/user-folders.js';
import { userPath } from '../../platform/user-path.js';
import { type Existing, existingStateOf } from './existing.js';

const NAME = 'policy-wrap.yaml';

/** Where the policy is written. */
export interface Destination {
  file: string;
  /** Whether clients that start elsewhere find it only when it is named. */
  where: 'project' | 'user' | 'named';
}

/** The file that is named, else the one that is in force here, else one for this folder. */
export async function destinationOf(config: string | undefined, cwd: string): Promise<Destination> {
  const named = config ?? configOfEnvironment();
  if (named !== undefined) return { file: path.resolve(cwd, userPath(named)), where: 'named' };
  const found = await findProjectFile(cwd);
  if (found && found.within.length > 0)
    throw new UserError(
      `the policy is in ${displayPath(found.file)}, where it can have no comments`,
      `name a file of its own with --config ${NAME}`,
    );
  return { file: found?.file ?? path.join(cwd, NAME), where: 'project' };
}

/** The user's own file, which applies to all projects. */
export function userDestination(): Destination {
  const folder = userFolders().config;
  return { file: findUserFile(folder)?.file ?? path.join(folder, NAME), where: 'user' };
}

/** Whether policies that are in force here have a section for a server. One that cannot be used has none yet, and is told of later. */
export async function knownServers(config: string | undefined): Promise<(id: string) => boolean> {
  const named = await destinationOf(config, process.cwd());
  const files = named.where === 'named' ? [named.file] : [named.file, userDestination().file];
  const existing = await Promise.all(
    files.map((file) => readExisting(file, process.cwd()).catch(() => undefined)),
  );
  return (id) => existing.some((each) => each !== undefined && existingStateOf(each, id, []).known);
}

/** A policy that is to get more, and its bytes. */
export interface ReadPolicy extends Existing {
  bytes: Buffer;
  bom: string;
}

/**
 * Reads the policy that is there; undefined where none is.
 * @throws {PolicyError} when it cannot be used
 */
export async function readExisting(file: string, cwd: string): Promise<ReadPolicy | undefined> {
  if (!existsSync(file)) return undefined;
  const { chain } = await loadFile(file, cwd);
  const bytes = readFileSync(file);
  const whole = bytes.toString('utf8');
  const bom = whole.startsWith('\uFEFF') ? '\uFEFF' : '';
  const [{ document }] = chain.documents;
  return { text: whole.slice(bom.length), bom, bytes, own: document, merged: merge(chain.documents) };
}
