import path from 'node:path';
import { settingsOf } from '../../core/policy/compile/combine-settings.js';
import type { Policy } from '../../core/policy/compile/policy.js';
import type { ApprovalsDocument, Channel, Mode } from '../../core/policy/document/document.js';
import type { LoadedChain } from '../chain.js';
import { LOCK_NAME } from '../lock-name.js';
import { errorWithoutPlace, PolicyError } from '../policy-error.js';
import { approvalCommand } from './approval-command.js';
import { auditFile } from './audit-file.js';

/** What the command line says beside the files. */
export interface Overrides {
  /** Overrides what the files say, but `observe` not what the user's own file says: a project may have written the option. */
  mode?: Mode | undefined;
  /** The channels through which users are asked, instead of those of the files, where the user's own does not name any. */
  via?: readonly Channel[] | undefined;
}

/** With what the command line says, and with the paths of files. */
export function settled(compiled: Policy, chains: readonly LoadedChain[], { mode, via }: Overrides): Policy {
  // Presets come first.
  const chainOf = (index: number) => chains[index - (compiled.layers.length - chains.length)];
  return {
    ...compiled,
    layers: compiled.layers.map((layer, index) => ({
      ...layer,
      mode: mode === 'observe' && chainOf(index)?.own ? layer.mode : (mode ?? layer.mode),
      locks: locksBeside(chainOf(index)),
    })),
    approvals: approvalsOf(compiled, chains, chains.some(namesChannels) ? undefined : via),
    audit: { ...compiled.audit, file: auditFile(chains.at(-1)) },
  };
}

/** Whether it is the user's own file that says through which channels to ask. */
function namesChannels({ own, documents }: LoadedChain): boolean {
  return own && settingsOf(documents.map(({ document }) => document)).approvals.via !== undefined;
}

/** An option may come from the config of a cloned project as well as from the user, which nobody can tell here. */
export function overruled(
  { layers }: Policy,
  own: LoadedChain | undefined,
  { mode, via }: Overrides,
): string[] {
  if (own === undefined) return [];
  const { source } = own.documents[0];
  const enforced = layers.some((layer) => layer.source === source && layer.mode === 'enforce');
  const words = `${source}, which is your own policy file`;
  return [
    ...(mode === 'observe' && enforced
      ? [`--mode observe does not apply to ${words}; to observe, write \`mode: observe\` there`]
      : []),
    ...(via !== undefined && namesChannels(own)
      ? [`--via does not apply beside \`approvals.via\` of ${words}; change it there`]
      : []),
  ];
}

/** The locks that may be there, beside each file of a policy. */
function locksBeside(chain: LoadedChain | undefined): string[] {
  const folders = new Set(chain?.files.map(({ file }) => path.dirname(file)));
  return [...folders].map((folder) => path.join(folder, LOCK_NAME));
}

/** With the path of the program, and the channels of the command line. */
function approvalsOf(
  { approvals }: Policy,
  chains: readonly LoadedChain[],
  via: readonly Channel[] | undefined,
): ApprovalsDocument {
  const command = approvalCommand(chains);
  if (via?.includes('command') && command === undefined) {
    const message = "--via names the channel 'command', and no policy says which program to ask";
    const help = 'write `approvals: { via: [command], command: the-program }` in your policy file';
    throw new PolicyError([errorWithoutPlace(message, help)]);
  }
  return { ...approvals, ...(command && { command: [...command] }), ...(via && { via: [...via] }) };
}
