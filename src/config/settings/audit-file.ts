import path from 'node:path';
import { diagnosticOf } from '../../core/policy/document/lookup.js';
import { expandPath } from '../../platform/user-path.js';
import type { LoadedChain } from '../chain.js';
import { resolvedBelow } from '../inside.js';
import { PolicyError } from '../policy-error.js';

/**
 * Where the policy wants the log: `auto`, `false`, or a path, which starts at the folder of the file that says it.
 * A file that was merely found in a project may only name a place in its own folder: a cloned repository must not
 * choose what on the user's disk is written to.
 * @throws {PolicyError}
 */
export function auditFile(chain: LoadedChain | undefined): string | false {
  if (chain === undefined) return 'auto';
  const at = chain.sources.findIndex(({ document }) => document.audit?.file !== undefined);
  const owner = chain.sources[at];
  const named = owner?.document.audit?.file ?? 'auto';
  if (owner === undefined || named === false || named === 'auto') return named;
  const fail = (message: string, help: string) =>
    new PolicyError([diagnosticOf({ path: ['audit', 'file'], part: 'value', message, help }, owner)]);
  const folder = path.dirname(chain.files[at]?.file ?? '');
  const expanded = expandPath(named);
  if (typeof expanded !== 'string') throw fail(expanded.message, expanded.help);
  const file = path.resolve(folder, expanded);
  if (chain.discovered !== undefined && !isLog(folder, file)) {
    const message = `'${named}' is not a log in the folder of the policy, which was discovered and not named`;
    const help =
      'write `file: auto` or a name that ends in .jsonl, or name the policy with --config if you trust it';
    throw fail(message, help);
  }
  return file;
}

/** Below the folder, not a hidden file, nor one that something else reads; also not by a link. */
function isLog(folder: string, file: string): boolean {
  const real = resolvedBelow(folder, file);
  if (real === undefined) return false;
  return [path.relative(folder, file), real].every(
    (way) => way.endsWith('.jsonl') && !way.split(path.sep).some((name) => name.startsWith('.')),
  );
}
