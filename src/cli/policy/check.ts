import { loadFile, loadPolicy } from '../../config/load.js';
import { formatProblem, isPolicyError } from '../../config/problem.js';
import type { Policy } from '../../core/policy/compile/policy.js';
import { type IdleRule, idleRules } from '../../core/policy/decide/idle-rules.js';
import type { ExtendsChain } from '../../core/policy/document/chain.js';
import { merge } from '../../core/policy/document/merge.js';
import { preset } from '../../core/policy/document/presets.js';
import { EXIT } from '../terminal/exit.js';
import { printNote } from '../terminal/output.js';

export interface CheckOptions {
  print?: boolean;
  server?: string;
  json?: boolean;
}

/** Finds everything that is wrong with a policy, and warns of rules that cannot matter. */
export async function check(file: string | undefined, options: CheckOptions): Promise<number> {
  try {
    const { policy, documents } = await load(file, options.server ?? '');
    const warnings = idleRules(policy);
    if (options.json)
      process.stdout.write(`${JSON.stringify({ valid: true, problems: [], warnings }, null, 2)}\n`);
    else report(policy, warnings);
    if (options.print) process.stdout.write(await printed(documents));
    return EXIT.fine;
  } catch (error) {
    if (!isPolicyError(error) || !options.json) throw error;
    process.stdout.write(
      `${JSON.stringify({ valid: false, problems: error.problems, warnings: [] }, null, 2)}\n`,
    );
    return EXIT.invalidPolicy;
  }
}

async function load(
  file: string | undefined,
  server: string,
): Promise<{ policy: Policy; documents: ExtendsChain[] }> {
  if (file !== undefined) {
    const { chain, policyFor } = await loadFile(file, process.cwd());
    return { policy: await policyFor(server), documents: [chain.documents] };
  }
  const { policy, chains, builtIn } = await loadPolicy({ server, cwd: process.cwd() });
  return { policy, documents: builtIn ? [[preset('standard')]] : chains.map(({ documents }) => documents) };
}

function report({ layers }: Policy, warnings: readonly IdleRule[]): void {
  for (const { origin, message, help } of warnings) {
    process.stderr.write(
      `${formatProblem({ file: origin.source, line: origin.line, column: undefined, pointer: origin.pointer, message: `warning: ${message}`, help })}\n`,
    );
  }
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
