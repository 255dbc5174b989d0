import { createHash } from 'node:crypto';
import path from 'node:path';
import { settingsOf } from '../core/policy/compile/combine-settings.js';
import { compile } from '../core/policy/compile/compile.js';
import type { Policy } from '../core/policy/compile/policy.js';
import type { ExtendsChain } from '../core/policy/document/chain.js';
import type { ApprovalsDocument, Channel, Mode } from '../core/policy/document/document.js';
import { type PresetName, preset } from '../core/policy/document/presets.js';
import { userFolders } from '../platform/user-folders.js';
import { userPath } from '../platform/user-path.js';
import { approvalCommand } from './approval-command.js';
import { auditFile } from './audit-file.js';
import type { LoadedChain } from './chain.js';
import { configOfEnvironment, type FoundFile, findProjectFile, findUserFile, namedFile } from './find.js';
import { LOCK_NAME } from './lock-file.js';
import { errorWithoutPlace, PolicyError, shownTexts } from './policy-error.js';
import type { SeenFile } from './watch.js';
import { expressionsFor } from './yaml/load-expressions.js';

/** What was said on the command line and in the environment about which policy to use. */
export interface PolicyChoice {
  /** The id of the server that the policy is for. */
  server: string;
  /** A file to use instead of the project's. */
  config?: string | undefined;
  /** A preset to use instead of the project's file. */
  preset?: PresetName | undefined;
  /** Overrides what the files say, but `observe` not what the user's own file says: a project may have written the option. */
  mode?: Mode | undefined;
  /** The channels through which users are asked, instead of those of the files, where the user's own does not name any. */
  via?: readonly Channel[] | undefined;
  cwd: string;
  /** The folder in which rules and errors are read: files below it are named from there. Otherwise `cwd`. */
  shownFrom?: string | undefined;
  /** The files to start from, where they were found before: one that is missing later is an error, not another policy. */
  found?: readonly FoundFile[] | undefined;
}

export interface LoadedPolicy {
  policy: Policy;
  /** The same for policies that say the same. Computed when it is first needed. */
  digest(): string;
  /** Every file that was read. */
  files: readonly SeenFile[];
  /** The files that the policy starts from. */
  found: readonly FoundFile[];
  chains: readonly LoadedChain[];
  /** Nothing was found or named, so the built-in preset applies. */
  builtIn: boolean;
  /** What was chosen and does not count, in sentences. */
  overruled: readonly string[];
}

/**
 * Finds, reads and compiles the policy for one server: the user's own file and the project's (or the one that is
 * named) side by side, the preset `standard` when there is neither.
 * @throws {PolicyError} with everything that is wrong
 */
export async function loadPolicy(choice: PolicyChoice): Promise<LoadedPolicy> {
  const found = choice.found ?? (await findPolicyFiles(choice));
  const chains = found.length > 0 ? await readChains(found, choice.shownFrom ?? choice.cwd) : [];
  const presets: ExtendsChain[] = choice.preset ? [[preset(choice.preset)]] : [];
  const builtIn = chains.length === 0 && presets.length === 0;
  if (builtIn) presets.push([preset('standard')]);
  const documents = [...presets, ...chains.map((chain) => chain.documents)];
  const policy = await withTexts(chains, async () =>
    settled(await compileChains(documents, choice.server), chains, choice),
  );
  return {
    policy,
    digest: digestOf(documents, choice.mode),
    files: chains.flatMap(({ files }) => files),
    found,
    chains,
    builtIn,
    overruled: overruled(
      policy,
      chains.find(({ own }) => own),
      choice,
    ),
  };
}

/** With what the command line says, and with the paths of files. */
function settled(compiled: Policy, chains: readonly LoadedChain[], { mode, via }: PolicyChoice): Policy {
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
function overruled({ layers }: Policy, own: LoadedChain | undefined, { mode, via }: PolicyChoice): string[] {
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

/** Adds to an error what may be shown of the files. */
async function withTexts<Result>(
  chains: readonly LoadedChain[],
  load: () => Promise<Result>,
): Promise<Result> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof PolicyError) error.texts = shownTexts(chains);
    throw error;
  }
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

function digestOf(documents: readonly ExtendsChain[], mode: Mode | undefined): () => string {
  let digest: string | undefined;
  return () => {
    const said = documents.map((chain) => chain.map(({ document }) => document));
    digest ??= createHash('sha256').update(JSON.stringify({ said, mode })).digest('base64url');
    return digest;
  };
}

/** A policy file that was read. All of these throw a PolicyError. */
export interface LoadedFile {
  chain: LoadedChain;
  /** See `LoadedPolicy`. */
  digest(): string;
  /** Compiles it for a server. */
  policyFor(server: string): Promise<Policy>;
  /** Looks whether a run with it could use the log and the program that it names. */
  checkPaths(): Promise<void>;
}

/**
 * Reads one policy file with what it extends, apart from the user's own file, and returns what compiles it for a server.
 * @throws {PolicyError} with everything that is wrong; so does what is returned
 */
export async function loadFile(file: string, cwd: string): Promise<LoadedFile> {
  const [chain] = await readChains([namedFile(path.resolve(cwd, userPath(file)))], cwd);
  if (chain === undefined) throw new Error('a chain that is read has a file');
  const policyFor = (server: string) => withTexts([chain], () => compileChains([chain.documents], server));
  const checkPaths = () =>
    withTexts([chain], async () => {
      auditFile(chain);
      approvalCommand([chain]);
    });
  return { chain, digest: digestOf([chain.documents], undefined), policyFor, checkPaths };
}

async function compileChains(documents: readonly ExtendsChain[], server: string): Promise<Policy> {
  const { policy, diagnostics } = compile(documents, server, await expressionsFor(documents));
  if (diagnostics.length > 0) throw new PolicyError(diagnostics);
  return policy;
}

/**
 * The files that a policy starts from. The user's file comes last, so that its settings win over those of a repository that was
 * cloned.
 * @throws {UserError}
 */
export async function findPolicyFiles({
  config,
  preset: name,
  cwd,
}: Pick<PolicyChoice, 'config' | 'preset' | 'cwd'>): Promise<FoundFile[]> {
  const named = config ?? configOfEnvironment();
  const user = findUserFile(userFolders().config);
  const project =
    named !== undefined
      ? namedFile(path.resolve(cwd, userPath(named)))
      : name
        ? undefined
        : await findProjectFile(cwd);
  const same = user !== undefined && project?.file === user.file;
  const others = project && !same ? [project] : [];
  return [...others, ...(user ? [{ ...user, own: true }] : [])];
}

/** Reads all files before it fails, so that every problem is shown at once. */
async function readChains(found: readonly FoundFile[], shownFrom: string): Promise<LoadedChain[]> {
  const { loadChain } = await import('./policy-file.js');
  const errors: PolicyError[] = [];
  const chains = found.flatMap((file) => {
    try {
      return [loadChain(file, shownFrom)];
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      errors.push(error);
      return [];
    }
  });
  if (errors.length > 0) {
    const { allDiagnostics } = await import('./yaml/parts/partial-check.js');
    const error = new PolicyError(await allDiagnostics(errors, chains));
    error.files = [...errors, ...chains].flatMap(({ files }) => files);
    error.texts = shownTexts([...errors, ...chains]);
    throw error;
  }
  return chains;
}
