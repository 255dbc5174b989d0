import { loadFile, loadPolicy, shownTexts } from '../../config/load.js';
import { diagnosticJson, PolicyError, type SourceTexts } from '../../config/policy-error.js';
import type { Policy } from '../../core/policy/compile/policy.js';
import { idleRules } from '../../core/policy/decide/idle-rules.js';
import type { ExtendsChain } from '../../core/policy/document/chain.js';
import { type Diagnostic, sortDiagnostics } from '../../core/policy/document/diagnostic.js';
import { placed } from '../../core/policy/document/lookup.js';
import { merge } from '../../core/policy/document/merge.js';
import { preset } from '../../core/policy/document/presets.js';
import { EXIT } from '../../platform/user-error.js';
import { printDiagnostics, printNote } from '../terminal/output.js';

export interface CheckOptions {
  print?: boolean;
  server?: string;
  json?: boolean;
}

/** Finds everything that is wrong with a policy, and warns of rules that cannot matter. */
export async function check(file: string | undefined, options: CheckOptions): Promise<number> {
  try {
    const { policy, documents, texts } = await load(file, options.server ?? '');
    const warnings = idleWarnings(policy, documents);
    if (options.json) printJson({ valid: true, problems: [], warnings: warnings.map(diagnosticJson) });
    else await report(policy, warnings, texts);
    if (options.print) process.stdout.write(await printed(documents));
    return EXIT.fine;
  } catch (error) {
    if (!(error instanceof PolicyError) || !options.json) throw error;
    printJson({ valid: false, problems: error.diagnostics.map(diagnosticJson), warnings: [] });
    return error.exitCode;
  }
}

function printJson(result: object): void {
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}

interface CheckedPolicy {
  policy: Policy;
  documents: ExtendsChain[];
  texts: SourceTexts;
}

async function load(file: string | undefined, server: string): Promise<CheckedPolicy> {
  if (file !== undefined) {
    const { chain, policyFor, checkPaths } = await loadFile(file, process.cwd());
    const policy = await policyFor(server);
    await checkPaths();
    return { policy, documents: [chain.documents], texts: chain.texts };
  }
  const { policy, chains, builtIn } = await loadPolicy({ server, cwd: process.cwd() });
  const documents = builtIn ? [[preset('standard')] as const] : chains.map((chain) => chain.documents);
  return { policy, documents, texts: shownTexts(chains) };
}

/** The rules that cannot matter whatever the server, with their exact places. */
export function idleWarnings(policy: Policy, chains: readonly ExtendsChain[]): Diagnostic[] {
  return sortDiagnostics(idleRules(policy).map((warning) => placed(warning, chains.flat())));
}

async function report(
  { layers }: Policy,
  warnings: readonly Diagnostic[],
  texts: SourceTexts,
): Promise<void> {
  await printDiagnostics(warnings, texts, true);
  const count =
    warnings.length === 0
      ? ''
      : `, with ${warnings.length === 1 ? 'a warning' : `${warnings.length} warnings`}`;
  printNote(`${layers.map(({ source }) => source).join(' and ')} can be used${count}`);
}

async function printed(chains: readonly ExtendsChain[]): Promise<string> {
  const { policyText } = await import('../../config/policy-file.js');
  const texts = chains.map(
    (chain) => `# ${chain.map(({ source }) => source).join(', which extends ')}\n${policyText(merge(chain))}`,
  );
  return texts.join('---\n');
}
