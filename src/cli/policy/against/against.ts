import { existsSync } from 'node:fs';
import { diagnosticJson, PolicyError } from '../../../config/policy-error.js';
import type { Finding } from '../../../core/authoring/lint/finding.js';
import { lint } from '../../../core/authoring/lint/lint.js';
import { knownTool } from '../../../core/authoring/lint/subject.js';
import { type Diagnostic, sortDiagnostics } from '../../../core/policy/document/diagnostic.js';
import { EXIT, UserError } from '../../../platform/user-error.js';
import type { ServerTools } from '../../../servers/server-tools.js';
import type { EntryPolicy } from '../../servers/entry-policy.js';
import { misnamedSections } from '../../servers/ids/misnamed-sections.js';
import { choiceOf, namedServer } from '../../servers/named-server.js';
import { readTools, serverStart } from '../../servers/read-tools.js';
import type { ServerChoice } from '../../servers/server-choice.js';
import { safeJson } from '../../terminal/json-text.js';
import { idleWarnings, lostIn } from '../check.js';
import { readerFor } from '../expression-reader.js';
import { lockedTools } from '../locked-classes.js';
import { annotated } from '../reporters/annotation.js';
import { printAnnotations, type ReporterOptions } from '../reporters/reporter.js';
import { chosenPolicy } from './chosen-policy.js';
import { useLock } from './lock-check.js';
import { type Comparison, comparisonJson, printComparison } from './report.js';

export interface AgainstOptions extends ServerChoice, ReporterOptions {
  config?: string | undefined;
  updateLock?: boolean;
}

/**
 * Compares a policy with the tools that a server really has. No server is started for a policy that cannot be used.
 * @param words a policy file, and the name of a server in a client's config where neither a command nor a saved list says which; both may be left out
 */
export async function checkAgainst(words: readonly string[], options: AgainstOptions): Promise<number> {
  const { file, name } = fileAndName(words, options);
  const named =
    name === undefined ? options : { ...options, ...choiceOf(namedServer(name, options.client), options) };
  try {
    const comparison = await compare(file, named);
    if (options.json) process.stdout.write(`${safeJson(comparisonJson(comparison), 2)}\n`);
    else await printComparison(comparison);
    const { warnings, findings } = comparison;
    await printAnnotations(
      [...annotated('idle-rule', warnings), ...findings.map((each) => ({ ...each, kind: each.rule }))],
      options,
    );
    return [...warnings, ...findings].some(({ severity }) => severity !== 'info') ? EXIT.no : EXIT.fine;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    await printAnnotations(annotated('invalid-policy', error.diagnostics), options);
    if (!options.json) throw error;
    const problems = error.diagnostics.map(diagnosticJson);
    process.stdout.write(`${safeJson({ valid: false, problems, warnings: [] }, 2)}\n`);
    return error.exitCode;
  }
}

/** The last word is the name of a server, unless it is a file or looks like one. */
function fileAndName(words: readonly string[], { command, tools }: AgainstOptions) {
  const [last] = words.slice(-1);
  const byName = command.length === 0 && tools === undefined && last !== undefined && !isFile(last);
  const [file, ...more] = byName ? words.slice(0, -1) : words;
  if (more.length > 0)
    throw new UserError(
      '--against compares one policy with a server',
      'name one file, and check the others by themselves',
    );
  return { file, name: byName ? last : undefined };
}

function isFile(word: string): boolean {
  return existsSync(word) || /\.(?:ya?ml|json)$/i.test(word);
}

async function compare(file: string | undefined, options: AgainstOptions & EntryPolicy): Promise<Comparison> {
  const saved = options.tools === undefined ? undefined : await readTools(options);
  const server = saved?.id ?? serverStart(options).id;
  const { policy, chains, texts, general } = await chosenPolicy(file, server, options);
  const told = new Set<string>();
  const serverTools = saved ?? (await readTools(options, told));
  const tools = serverTools.tools.map(knownTool);
  const expressions = await readerFor(policy);
  const lock = await useLock(
    file ?? options.config,
    serverTools,
    options.updateLock ?? false,
    saved ? undefined : () => readTools(options, told),
  );
  const misnamed = misnamedSections(chains);
  const linted = lint({ policy, chains, general, tools, expressions }).filter(
    ({ rule, place }) => rule !== 'no-such-server' || !misnamed.some(isIn(place)),
  );
  const odd = oddTools(serverTools);
  const findings = sortDiagnostics([
    ...linted,
    ...odd,
    ...lock.findings.filter((each) => !isSaidBy(linted, each)),
  ]);
  const known = [...tools.map(({ name }) => name), ...(await lockedTools(file ?? options.config))];
  const idle = idleWarnings(policy, chains, { tools: known, expressions, typesAreKnown: true }).filter(
    (each) => !isNamedBy(linted, each),
  );
  const warnings = sortDiagnostics([...(await lostIn(texts)), ...idle, ...misnamed]);
  return { policy, texts, serverTools, lock, warnings, findings };
}

/** Whether a warning is about the same file: which section is meant for the server says more than that none is. */
function isIn({ source }: Finding['place']) {
  return ({ place }: Diagnostic) => place?.source === source;
}

/** Tools that are listed several times or have no single reading: what a client makes of them is uncertain. */
function oddTools({ id, name, tools }: ServerTools): Finding[] {
  return tools.flatMap((tool) =>
    tool.oddities.map((message) => ({
      rule: 'uncertain-tool',
      severity: 'warning' as const,
      place: { source: id || name || 'tools/list', line: undefined, pointer: `/tools/${tool.name}` },
      message,
      help: 'it has to be fixed in the server',
      tools: [tool.name],
    })),
  );
}

/** Of a tool that is gone, a finding about an entry that matches nothing any more is enough. */
function isSaidBy(linted: readonly Finding[], { rule, tools = [] }: Finding): boolean {
  const [gone] = tools;
  if (rule !== 'tool-gone' || gone === undefined) return false;
  return linted.some(
    (each) =>
      each.rule === 'no-such-tool' &&
      each.severity !== 'info' &&
      each.place.pointer.endsWith(`/tools/${gone}`),
  );
}

/** Of a name that by its form matches nothing, what the server has instead is enough. */
function isNamedBy(linted: readonly Finding[], { place }: Diagnostic): boolean {
  return linted.some(
    (each) =>
      each.rule === 'no-such-tool' &&
      each.severity !== 'info' &&
      each.place.pointer === place?.pointer &&
      each.place.source === place.source,
  );
}
