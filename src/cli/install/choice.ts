import { splitWords, wrapStateOf } from '../../clients/entries/command-words.js';
import type { Runner } from '../../clients/entries/own-words.js';
import {
  type BrokenConfig,
  type FoundConfig,
  findConfigs,
  mentionsServers,
} from '../../clients/find-configs.js';
import type { KnownClient } from '../../clients/known-clients.js';
import { visible } from '../../core/text/visible.js';
import { version } from '../../core/version.js';
import { placePath } from '../../platform/display-path.js';
import { UserError } from '../../platform/user-error.js';
import { configMachine } from '../servers/config-machine.js';

/**
 * Their config files that hold servers, or may.
 * @throws {UserError} when one of them cannot be read
 */
export function readableConfigs(clients: readonly KnownClient[]): FoundConfig[] {
  const { found, broken } = findConfigs(clients, configMachine());
  const [first] = broken;
  if (first) throw unusable(first);
  return found.filter(mentionsServers);
}

/** A config that cannot be used, as one sentence. */
export function unusable({ client, file, error }: BrokenConfig): UserError {
  const { line, column, message } = error;
  const place = line === undefined ? '' : `:${line}:${column}`;
  return new UserError(
    `the config of ${client.title} cannot be used: ${visible(placePath(file))}${place}: ${visible(message)}`,
    'nothing was written; fix the file, or choose other clients with --client',
  );
}

/** On Windows npx is a batch file, which most clients cannot start by themselves. */
const NPX = process.platform === 'win32' ? ['cmd', '/c', 'npx', '-y'] : ['npx', '-y'];

/** The package of this version: which policy holds must not depend on what is published next. */
function ownPackage(): string {
  return /^\d/.test(version()) ? `policy-wrap@${version()}` : 'policy-wrap';
}

/**
 * The words by which clients are to start policy-wrap.
 * @throws {UserError} when they would not be known for policy-wrap later
 */
export function runnerFrom(line: string | undefined): Runner {
  if (line === undefined) return { words: [...NPX, ownPackage()], named: false };
  const words = splitWords(line);
  if (wrapStateOf([...words, '--', 'server']) === 'wrapped') return { words, named: true };
  throw new UserError(
    `'${visible(line)}' does not start policy-wrap`,
    `write --using "npx -y ${ownPackage()}", or --using "node /path/to/policy-wrap/bin/policy-wrap.js"`,
  );
}
