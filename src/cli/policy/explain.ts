import { type LoadedPolicy, loadPolicy } from '../../config/load.js';
import { clientName } from '../../core/authoring/lint/names/client-name.js';
import { isFlaw, scanJson } from '../../core/json/scan.js';
import type { Policy } from '../../core/policy/compile/policy.js';
import { classOf } from '../../core/policy/compile/written-category.js';
import type { Call } from '../../core/policy/decide/call.js';
import { type Decision, decide } from '../../core/policy/decide/decide.js';
import { preview } from '../../core/policy/decide/preview.js';
import { sampleCall } from '../../core/policy/decide/sample-call.js';
import { combine, type Ruling } from '../../core/policy/decide/settle.js';
import type { TraceStep } from '../../core/policy/decide/verdicts.js';
import type { PresetName } from '../../core/policy/document/presets.js';
import { placeOf } from '../../core/replies/refusal.js';
import { matches, pattern } from '../../core/text/glob.js';
import type { Origin } from '../../core/text/origin.js';
import { quote } from '../../core/text/quote.js';
import { visible } from '../../core/text/visible.js';
import type { Classification } from '../../core/tools/category.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import { misnamedSections } from '../servers/ids/misnamed-sections.js';
import { safeJson } from '../terminal/json-text.js';
import { printNote } from '../terminal/output.js';
import { bold, paintAction } from '../terminal/paint.js';
import { lockedClasses } from './locked-classes.js';

/** What a server is called that nobody has named. */
const UNNAMED = 'server';

export interface ExplainOptions {
  config?: string;
  preset?: PresetName;
  server?: string;
  client: string;
  json?: boolean;
}

/** Says what happens to a call, which rules were looked at, and why they did or did not apply. */
export async function explain(tool: string, argumentsText = '{}', options: ExplainOptions): Promise<number> {
  requireObject(argumentsText);
  const { policy, chains, server } = await policyFor(tool, options);
  const known = (await lockedClasses(options.config))(server, tool);
  const call = sampleCall({
    kind: 'tool',
    name: tool,
    argumentsText,
    server,
    client: options.client,
    now: Date.now(),
    classification: known,
  });
  const decision = decide(policy, call, { trace: true });
  const ruling = combine(decision);
  const { rememberedFor, rememberedLine } = await import('../approvals/entry.js');
  const remembered = await rememberedFor(server, tool, argumentsText);
  tellOfSections(options.server, policy, chains);
  const documents = chains.map((chain) => chain.documents);
  for (const { message, help, place, ids } of misnamedSections(documents))
    if (server === UNNAMED || ids.includes(server) || place?.pointer === `/servers/${server}`)
      printNote(visible(`${message}; ${help}`));
  const shown = clientName(tool, 'tools');
  if (shown?.isCertain)
    printNote(
      `${quote(tool)} is how clients show a tool; the server's own name for it is ${quote(shown.name)}`,
    );
  const { category: said } = preview(policy, tool, known);
  const taken = said ? { ...classOf(said), evidence: ['the policy says so'] } : known;
  process.stdout.write(
    options.json
      ? `${safeJson({ ...report(call, decision, ruling, taken), remembered }, 2)}\n`
      : text(call, decision, ruling, taken, remembered.map(rememberedLine)),
  );
  return EXIT.fine;
}

/** Where no server is named, the policy is that of the only one whose section names the tool: such policies are what `init` writes. */
async function policyFor(tool: string, options: ExplainOptions): Promise<LoadedPolicy & { server: string }> {
  const { server = UNNAMED, ...choice } = { ...options, cwd: process.cwd() };
  const loaded = await loadPolicy({ ...choice, server });
  if (options.server !== undefined) return { ...loaded, server };
  const naming = sectionsIn(loaded.chains).flatMap(([id, section]) =>
    !/[*?]/.test(id) && Object.keys(section.tools ?? {}).some((entry) => names(entry, tool)) ? [id] : [],
  );
  const [only, ...others] = new Set(naming);
  if (only === undefined || others.length > 0) return { ...loaded, server };
  printNote(
    `for the server ${quote(only)}, whose section names the tool; for another one, name it with --server`,
  );
  return { ...(await loadPolicy({ ...choice, server: only })), server: only };
}

/** Whether an entry is about the tool: one for whatever tool is about none. */
function names(entry: string, tool: string): boolean {
  return !/^\*+$/.test(entry) && matches(pattern(entry), tool);
}

function sectionsIn(chains: LoadedPolicy['chains']) {
  return chains.flatMap(({ documents }) =>
    documents.flatMap(({ document }) => Object.entries(document.servers ?? {})),
  );
}

/** A file with sections for servers says something else of a server that has none, and of one that nobody has named. */
function tellOfSections(
  server: string | undefined,
  { layers }: Policy,
  chains: LoadedPolicy['chains'],
): void {
  const names = [...new Set(sectionsIn(chains).map(([name]) => name))];
  if (names.length === 0 || layers.some(({ sections }) => sections.length > 1)) return;
  const why =
    server === undefined
      ? 'no server is named, so no section of `servers:` counts'
      : `no section of \`servers:\` is for ${quote(server)}`;
  printNote(`${why}; with --server, name one of ${names.map(quote).join(', ')}`);
}

function requireObject(text: string): void {
  const node = scanJson(text);
  if (isFlaw(node))
    throw new UserError(
      `the arguments are not JSON: ${node.flaw} at character ${node.at + 1}`,
      /^[@\w./-]+$/.test(text)
        ? `after the tool come its arguments, as in '{"name": "value"}'; a server is named with --server`
        : `write them as in '{"name": "value"}', in single quotes`,
    );
  if (node.kind !== 'object')
    throw new UserError('the arguments are not a JSON object', `write them as in '{"name": "value"}'`);
}

/** What the tool is taken for: what the policy says, else what is known of it. */
type Taken = Pick<Classification, 'category' | 'risk' | 'known' | 'evidence'>;

function report({ name }: Call, { trace }: Decision, ruling: Ruling, { category, risk, known }: Taken) {
  const { action, rule: origin, reason, charges, timeout, observed } = ruling;
  return {
    tool: name,
    category,
    risk,
    known,
    action,
    rule: origin,
    reason,
    limits: charges.map(({ describe, origin: where }) => ({ limit: describe, rule: where })),
    timeoutMs: timeout,
    observed,
    trace,
  };
}

function text(
  { name }: Call,
  { trace }: Decision,
  ruling: Ruling,
  { category, risk, known, evidence }: Taken,
  remembered: readonly string[],
): string {
  const lines = [
    `${bold(visible(name))}: ${paintAction(ruling.action)}`,
    ruling.rule && `  rule: ${named(ruling.rule)}`,
    ruling.reason && `  reason: ${visible(ruling.reason)}`,
    ruling.observed &&
      `  only observed: ${paintAction(ruling.observed.action)}${ruling.observed.rule ? ` by ${named(ruling.observed.rule)}` : ''}`,
    ruling.timeout !== undefined && `  time-out: ${ruling.timeout / 1_000} s`,
    `  class: ${category}, risk ${risk}${evidence.length > 0 ? ` (${visible(evidence.join('; '))})` : ''}`,
    !known && '  nothing is known of it, so `default` decides and not the category',
    ...remembered,
    '',
    'Looked at:',
    ...trace.map(stepText),
  ];
  return `${lines.filter((line) => line !== undefined && line !== false).join('\n')}\n`;
}

function stepText({ origin, how, action, result }: TraceStep): string {
  const place = origin ? named(origin) : '';
  const what = how === 'limit' ? 'limit' : how === 'lookalike' ? 'name' : `${how} → ${action ?? 'no action'}`;
  return `  ${place}: ${what}: ${visible(result)}`;
}

function named(origin: Origin): string {
  return visible(`${origin.pointer} (${placeOf(origin)})`);
}
