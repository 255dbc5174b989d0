import { loadFile, loadPolicy } from '../../config/load.js';
import { diagnosticJson, PolicyError, type SourceTexts, shownTexts } from '../../config/policy-error.js';
import { changedMeaning } from '../../core/authoring/lint/changed-meaning.js';
import { deadLines } from '../../core/authoring/lint/dead-lines.js';
import { doubtfulConditions } from '../../core/authoring/lint/expressions/doubtful-conditions.js';
import { idleConditions } from '../../core/authoring/lint/idle-conditions.js';
import { oddNames } from '../../core/authoring/lint/names/odd-names.js';
import type { Policy } from '../../core/policy/compile/policy.js';
import type { ExpressionReader } from '../../core/policy/conditions/cel.js';
import { idleRules } from '../../core/policy/decide/idle-rules.js';
import type { ExtendsChain } from '../../core/policy/document/chain.js';
import { type Diagnostic, sortDiagnostics } from '../../core/policy/document/diagnostic.js';
import { placed } from '../../core/policy/document/lookup.js';
import { merge } from '../../core/policy/document/merge.js';
import { preset } from '../../core/policy/document/presets.js';
import { visible } from '../../core/text/visible.js';
import { EXIT } from '../../platform/user-error.js';
import { misnamedSections } from '../servers/ids/misnamed-sections.js';
import { safeJson } from '../terminal/json-text.js';
import { printDiagnostics, printNote, showError } from '../terminal/output.js';
import { readerFor } from './expression-reader.js';
import { lockedTools } from './locked-classes.js';
import { policyFiles } from './policy-files.js';
import { type Annotation, annotated } from './reporters/annotation.js';
import { annotatingErrors, printAnnotations, type ReporterOptions } from './reporters/reporter.js';

export interface CheckOptions extends ReporterOptions {
  print?: boolean;
  server?: string;
}

/** What came of checking one policy: what is wrong with it, or else what it says. */
type Checked = ({ error: PolicyError } | CheckedPolicy) & { warnings: readonly Diagnostic[] };

/**
 * Finds everything that is wrong with policies, and warns of rules that cannot matter.
 * @param words files, and folders with all policy files below them; none for the policy that is in force here
 */
export async function check(words: readonly string[], options: CheckOptions): Promise<number> {
  const files =
    words.length === 0
      ? [undefined]
      : await annotatingErrors(options, () => policyFiles(words, process.cwd()));
  const results: Checked[] = [];
  for (const file of files) results.push(await checked(file, options.server ?? ''));
  if (options.json) printJson(results);
  else for (const result of results) await report(result);
  await printAnnotations(results.flatMap(annotations), options);
  if (options.print) await printEffective(results);
  return results.some((result) => 'error' in result) ? EXIT.invalidPolicy : EXIT.fine;
}

async function checked(file: string | undefined, server: string): Promise<Checked> {
  try {
    const found = await load(file, server);
    const tools = await lockedTools(file);
    const expressions = await readerFor(found.policy);
    const idle = idleWarnings(found.policy, found.documents, { tools, expressions, typesAreKnown: false });
    const misnamed = misnamedSections(found.documents);
    return { ...found, warnings: sortDiagnostics([...(await lostIn(found.texts)), ...idle, ...misnamed]) };
  } catch (error) {
    if (error instanceof PolicyError) return { error, warnings: await lostIn(error.texts) };
    throw error;
  }
}

/** What YAML has taken away of texts in files that may be shown. JSON has nothing of the kind. */
export async function lostIn(texts: SourceTexts): Promise<Diagnostic[]> {
  const files = [...texts].filter(([source]) => !source.endsWith('.json'));
  if (files.length === 0) return [];
  const { lostTexts } = await import('../../config/yaml/unquoted/lost-texts.js');
  return files.flatMap(([source, text]) => lostTexts(text, source));
}

function printJson(results: readonly Checked[]): void {
  const errors = results.flatMap((result) => ('error' in result ? result.error.diagnostics : []));
  const warnings = results.flatMap((result) => result.warnings);
  const valid = !results.some((result) => 'error' in result);
  const report = { valid, problems: errors.map(diagnosticJson), warnings: warnings.map(diagnosticJson) };
  process.stdout.write(`${safeJson(report, 2)}\n`);
}

function annotations(result: Checked): Annotation[] {
  const errors = 'error' in result ? result.error.diagnostics : [];
  return [...annotated('invalid-policy', errors), ...annotated('idle-rule', result.warnings)];
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

/** What is known beside a policy. */
interface KnownBeside {
  /** Names that servers are known to have. */
  tools: Iterable<string>;
  /** Undefined where no expression is written. */
  expressions: ExpressionReader | undefined;
  /** Whether the arguments are compared with what a server says of them. */
  typesAreKnown: boolean;
}

/**
 * What cannot matter whatever the server, and what means something else than it did, with the exact places.
 */
export function idleWarnings(
  policy: Policy,
  chains: readonly ExtendsChain[],
  { tools, expressions, typesAreKnown }: KnownBeside,
): Diagnostic[] {
  const found = [
    ...idleRules(policy),
    ...deadLines(policy),
    ...idleConditions(policy),
    ...changedMeaning(policy),
    ...oddNames(chains, tools),
    ...doubtfulConditions(policy, expressions, typesAreKnown),
  ];
  return sortDiagnostics(found.map((warning) => placed(warning, chains.flat())));
}

async function report(result: Checked): Promise<void> {
  const { warnings } = result;
  const texts = 'error' in result ? result.error.texts : result.texts;
  await printDiagnostics(warnings, texts, true);
  if ('error' in result) return void (await showError(result.error));
  const { policy } = result;
  const { length } = warnings.filter(({ severity }) => severity === 'warning');
  const count = length === 0 ? '' : `, with ${length === 1 ? 'a warning' : `${length} warnings`}`;
  printNote(`${policy.layers.map(({ source }) => visible(source)).join(' and ')} can be used${count}`);
}

/** The policies that can be used, with what they extend. */
async function printEffective(results: readonly Checked[]): Promise<void> {
  const { policyText } = await import('../../config/policy-file.js');
  const chains = results.flatMap((result) => ('error' in result ? [] : result.documents));
  const texts = chains.map(
    (chain) =>
      `# ${chain.map(({ source }) => visible(source)).join(', which extends ')}\n${policyText(merge(chain))}`,
  );
  process.stdout.write(texts.join('---\n'));
}
