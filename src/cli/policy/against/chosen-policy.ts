import { findUserFile } from '../../../config/find.js';
import { loadFile, loadPolicy } from '../../../config/load.js';
import { type SourceTexts, shownTexts } from '../../../config/policy-error.js';
import type { Policy } from '../../../core/policy/compile/policy.js';
import type { ExtendsChain } from '../../../core/policy/document/chain.js';
import { preset } from '../../../core/policy/document/presets.js';
import { displayPath } from '../../../platform/display-path.js';
import { userFolders } from '../../../platform/user-folders.js';
import type { EntryPolicy } from '../../servers/entry-policy.js';

/** A policy with what its layers were made of, in their order. */
export interface ChosenPolicy {
  policy: Policy;
  chains: readonly ExtendsChain[];
  /** What may be shown of the files. */
  texts: SourceTexts;
  /** The files that are for any server. */
  general: ReadonlySet<string>;
}

/**
 * The file that is named, alone; else all that would judge the server's calls, as `check` takes them.
 * @param named what the config of a client says about the policy
 * @throws {PolicyError}
 */
export async function chosenPolicy(
  file: string | undefined,
  server: string,
  { config, preset: presetName, mode }: EntryPolicy,
): Promise<ChosenPolicy> {
  const cwd = process.cwd();
  if (file !== undefined) {
    const { chain, policyFor } = await loadFile(file, cwd);
    const policy = await policyFor(server);
    return { policy, chains: [chain.documents], texts: chain.texts, general: new Set() };
  }
  const loaded = await loadPolicy({ server, cwd, config, preset: presetName, mode });
  const { policy, chains, builtIn } = loaded;
  const presets = presetName ?? (builtIn ? 'standard' : undefined);
  const user = findUserFile(userFolders().config);
  return {
    policy,
    chains: [
      ...(presets ? [[preset(presets)] as ExtendsChain] : []),
      ...chains.map(({ documents }) => documents),
    ],
    texts: shownTexts(chains),
    general: new Set(user ? [displayPath(user.file, cwd)] : []),
  };
}
