import path from 'node:path';
import { type LoadedPolicy, loadPolicy } from '../../config/load.js';
import { type SinceLocks, type ToolReport, toolReports } from '../../core/authoring/report/tool-report.js';
import { suggest } from '../../core/text/did-you-mean.js';
import { counted } from '../../core/text/plural.js';
import { visible } from '../../core/text/visible.js';
import { displayPath } from '../../platform/display-path.js';
import { replaceWhole } from '../../platform/files/whole-file.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import { savedListText } from '../../servers/saved-list.js';
import type { ServerTools } from '../../servers/server-tools.js';
import { commandText } from '../servers/command-text.js';
import type { EntryPolicy } from '../servers/entry-policy.js';
import { choiceOf, namedServer } from '../servers/named-server.js';
import { readTools } from '../servers/read-tools.js';
import type { ServerChoice } from '../servers/server-choice.js';
import { sinceLocks } from '../servers/since-locks.js';
import { printNote } from '../terminal/output.js';
import { reportJson, toolJson } from './report-json.js';
import type { ServerReport } from './server-report.js';
import { toolPage } from './tool-page.js';
import { toolsTable } from './tools-table.js';

export interface InspectOptions extends ServerChoice {
  config?: string | undefined;
  json?: boolean;
  markdown?: boolean;
  html?: boolean;
  save?: string;
}

/** Of a terminal that does not say. */
const USUAL_WIDTH = 80;

/**
 * Shows the tools of a server, or one of them.
 * @param words what is before `--`: a tool; without a command and a saved list, a server of a client's config and then a tool
 */
export async function inspect(
  words: readonly (string | undefined)[],
  given: InspectOptions,
): Promise<number> {
  const [first, second] = words;
  const byName = given.command.length === 0 && given.tools === undefined && first !== undefined;
  if (!byName && second !== undefined)
    throw new UserError(`'${visible(second)}' is one word too many`, 'name one tool');
  const options: InspectOptions & EntryPolicy = byName
    ? { ...given, ...choiceOf(namedServer(first, given.client), given) }
    : given;
  const tool = byName ? second : first;
  requireOneForm(tool, options);
  const serverTools = await readTools(options);
  if (options.save !== undefined) saveList(options.save, serverTools);
  const { config, preset, mode } = options;
  const loaded = await loadPolicy({ server: serverTools.id, config, preset, mode, cwd: process.cwd() });
  const since = await sinceLocks(serverTools, loaded.policy, config);
  const oneTool = byName ? inspectTool(first, given) : 'inspect <tool> …';
  const report = serverReport(serverTools, loaded, since, oneTool);
  const text = await print(tool === undefined ? undefined : find(report, tool), report, options);
  process.stdout.write(`${text.trimEnd()}\n`);
  return EXIT.fine;
}

/** How one tool is looked at of the server that was named. */
function inspectTool(server: string, { client = [] }: InspectOptions): string {
  const clients = client.flatMap((each) => ['--client', each]);
  return [
    `inspect ${commandText([server])} <tool>`,
    ...(client.length > 0 ? [commandText(clients)] : []),
  ].join(' ');
}

/** Writes the list that `--tools` reads, in place of what is there: it can be read again. */
function saveList(file: string, serverTools: ServerTools): void {
  try {
    replaceWhole(path.resolve(file), savedListText(serverTools));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`${displayPath(file)} cannot be written (${code})`, 'check that you may write there');
  }
  printNote(`wrote ${displayPath(file)}: ${counted(serverTools.tools.length, 'tool')}, for --tools`);
}

function requireOneForm(tool: string | undefined, { json, markdown, html }: InspectOptions): void {
  const forms = Object.entries({ json, markdown, html }).flatMap(([name, wanted]) =>
    wanted ? [`--${name}`] : [],
  );
  if (forms.length > 1)
    throw new UserError(`${forms.join(' and ')} cannot be combined`, 'leave out all but one of them');
  if (tool !== undefined && (markdown || html))
    throw new UserError(
      `${forms[0]} reports on the whole server, and '${visible(tool)}' names one tool`,
      `leave out the name or ${forms[0]}`,
    );
}

function serverReport(
  serverTools: ServerTools,
  { policy, builtIn }: LoadedPolicy,
  since: SinceLocks & { problems: string[] },
  oneTool: string,
): ServerReport {
  return {
    serverTools: { ...serverTools, warnings: [...since.problems, ...serverTools.warnings] },
    oneTool,
    tools: toolReports(serverTools.tools, policy, since),
    policies: policy.layers.map(({ source, mode }) => (mode === 'observe' ? `${source} (observes)` : source)),
    builtIn,
  };
}

function find({ tools }: ServerReport, name: string): ToolReport {
  const found = tools.find((tool) => tool.name === name);
  if (found) return found;
  const close = suggest(
    name,
    tools.map((tool) => tool.name),
  );
  throw new UserError(
    `the server has no tool '${visible(name)}'`,
    close === undefined
      ? `leave out the name to see all ${tools.length} tools`
      : `did you mean '${visible(close)}'?`,
  );
}

async function print(
  tool: ToolReport | undefined,
  report: ServerReport,
  { json, markdown, html }: InspectOptions,
): Promise<string> {
  if (markdown || html) {
    const { htmlReport, markdownReport } = await import('./reports.js');
    return html ? htmlReport(report) : markdownReport(report);
  }
  const width = process.stdout.isTTY ? process.stdout.columns || USUAL_WIDTH : undefined;
  if (tool === undefined) return json ? reportJson(report) : toolsTable(report, width);
  return json ? toolJson(report, tool) : toolPage(report, tool, width);
}
