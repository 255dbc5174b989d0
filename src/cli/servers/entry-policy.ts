import path from 'node:path';
import { ownOptions } from '../../clients/entries/command-words.js';
import { configOfEnvironment } from '../../config/find.js';
import type { PolicyChoice } from '../../config/load.js';
import { userPath } from '../../platform/user-path.js';
import { readRunCommand } from '../run/run-options.js';

/** What the entry of a server that is wrapped says about its policy. */
export type EntryPolicy = Pick<PolicyChoice, 'config' | 'preset' | 'mode'>;

/** The options of policy-wrap in an entry: the id that they give the server, and the policy. */
export interface EntryOptions {
  server: string | undefined;
  policy: EntryPolicy;
}

/**
 * Reads what an entry says to policy-wrap.
 * @param folder in which the client starts the server
 * @throws {UserError} when policy-wrap would not understand it
 */
export function entryOptions(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: string,
): EntryOptions {
  const { options } = readRunCommand([...ownOptions(words), '--', 'server']);
  const config =
    options.config === undefined
      ? configOfEnvironment(env['POLICY_WRAP_CONFIG'] ?? '')
      : path.resolve(folder, userPath(options.config));
  return { server: options.server, policy: { config, preset: options.preset, mode: options.mode } };
}
