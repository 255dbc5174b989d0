import { createHash } from 'node:crypto';
import path from 'node:path';
import { compile } from '../core/policy/compile/compile.js';
import type { Policy } from '../core/policy/compile/policy.js';
import type { CompileExpression } from '../core/policy/conditions/expression.js';
import type { ExtendsChain } from '../core/policy/document/chain.js';
import type { Mode } from '../core/policy/document/document.js';
import { type PresetName, preset } from '../core/policy/document/presets.js';
import { userFolders } from '../platform/user-folders.js';
import { userPath } from '../platform/user-path.js';
import type { LoadedChain } from './chain.js';
import { configOfEnvironment, type FoundFile, findProjectFile, findUserFile, namedFile } from './find.js';
import { KnownFiles, type LateExpressions } from './known/known-files.js';
import { PolicyError, shownTexts } from './policy-error.js';
import { approvalCommand } from './settings/approval-command.js';
import { auditFile } from './settings/audit-file.js';
import { type Overrides, overruled, settled } from './settings/settled-policy.js';
import type { SeenFile } from './watch.js';
import { expressionsFor, haveExpressions, noExpressions } from './yaml/load-expressions.js';

/** What was said on the command line and in the environment about which policy to use. */
export interface PolicyChoice extends Overrides {
  /** The id of the server that the policy is for. */
  server: string;
  /** A file to use instead of the project's. */
  config?: string | undefined;
  /** A preset to use instead of the project's file. */
  preset?: PresetName | undefined;
  cwd: string;
  /** The folder in which rules and errors are read: files below it are named from there. Otherwise `cwd`. */
  shownFrom?: string | undefined;
  /** The files to start from, where they were found before: one that is missing later is an error, not another policy. */
  found?: readonly FoundFile[] | undefined;
  /**
   * The cache folder of the user. What exactly this program has found good before is then taken from there, and not read and
   * checked again. Without it everything is.
   */
  cache?: string | undefined;
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
  /** Expressions that are known to be good and have to be loaded before a call is judged. */
  late?: LateExpressions | undefined;
}

/**
 * Finds, reads and compiles the policy for one server: the user's own file and the project's (or the one that is
 * named) side by side, the preset `standard` when there is neither.
 * @throws {PolicyError} with everything that is wrong
 */
export async function loadPolicy(choice: PolicyChoice): Promise<LoadedPolicy> {
  const found = choice.found ?? (await findPolicyFiles(choice));
  if (choice.cache === undefined || found.length === 0) return checkedPolicy(found, choice);
  const known = new KnownFiles(choice.cache);
  return (await knownPolicy(found, choice, known)) ?? checkedPolicy(found, choice, known);
}

/** Undefined where not all of it is known to be good: reading it will say why. */
async function knownPolicy(
  found: readonly FoundFile[],
  choice: PolicyChoice,
  known: KnownFiles,
): Promise<LoadedPolicy | undefined> {
  try {
    const chains = found.map((file) => known.chain(file, choice.shownFrom ?? choice.cwd));
    const late = haveExpressions(chains.map(({ documents }) => documents)) ? known.expressions() : undefined;
    const loaded = policyOf(chains, found, choice, late?.compile ?? noExpressions);
    // What the server asks for is judged at once.
    if (loaded.policy.layers.some(({ judgesMethods }) => judgesMethods)) await late?.load();
    return { ...loaded, late };
  } catch {
    return undefined;
  }
}

async function checkedPolicy(
  found: readonly FoundFile[],
  choice: PolicyChoice,
  known?: KnownFiles,
): Promise<LoadedPolicy> {
  const chains = found.length > 0 ? await readChains(found, choice.shownFrom ?? choice.cwd, known) : [];
  const loaded = await withTexts(chains, async () => {
    const compileExpression = await expressionsFor(chains.map(({ documents }) => documents));
    return policyOf(chains, found, choice, known?.compiling(compileExpression) ?? compileExpression);
  });
  // After the server has been started.
  if (known) setImmediate(() => known.keep());
  return loaded;
}

/** @throws {PolicyError} */
function policyOf(
  chains: readonly LoadedChain[],
  found: readonly FoundFile[],
  choice: PolicyChoice,
  compileExpression: CompileExpression,
): LoadedPolicy {
  const presets: ExtendsChain[] = choice.preset ? [[preset(choice.preset)]] : [];
  const builtIn = chains.length === 0 && presets.length === 0;
  if (builtIn) presets.push([preset('standard')]);
  const documents = [...presets, ...chains.map((chain) => chain.documents)];
  const policy = settled(compileChains(documents, choice.server, compileExpression), chains, choice);
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
  const policyFor = (server: string) =>
    withTexts([chain], async () =>
      compileChains([chain.documents], server, await expressionsFor([chain.documents])),
    );
  const checkPaths = () =>
    withTexts([chain], async () => {
      auditFile(chain);
      approvalCommand([chain]);
    });
  return { chain, digest: digestOf([chain.documents], undefined), policyFor, checkPaths };
}

function compileChains(
  documents: readonly ExtendsChain[],
  server: string,
  compileExpression: CompileExpression,
): Policy {
  const { policy, diagnostics } = compile(documents, server, compileExpression);
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
async function readChains(
  found: readonly FoundFile[],
  shownFrom: string,
  known?: KnownFiles,
): Promise<LoadedChain[]> {
  const { loadChain } = await import('./policy-file.js');
  const errors: PolicyError[] = [];
  const chains = found.flatMap((file) => {
    try {
      return [loadChain(file, shownFrom, known)];
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
