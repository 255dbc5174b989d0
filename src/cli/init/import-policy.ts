import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { asFile, createFile } from '../../config/edit/write-file.js';
import { loadFile } from '../../config/load.js';
import { PolicyError } from '../../config/policy-error.js';
import { importedFrom } from '../../core/authoring/import/convert-policy.js';
import { isForeign, NotConvertible } from '../../core/authoring/import/foreign-policy.js';
import { gatewayPolicy, gatewayRules } from '../../core/authoring/import/lists/agentgateway.js';
import { claudePermissions, isClaudeSettings } from '../../core/authoring/import/lists/claude-code.js';
import { clientLists, hasToolLists } from '../../core/authoring/import/lists/client-lists.js';
import { geminiPolicy, isGeminiPolicy } from '../../core/authoring/import/lists/gemini-cli.js';
import { type RenderedList, renderList } from '../../core/authoring/import/lists/render-list.js';
import type { RuleList } from '../../core/authoring/import/lists/rule-list.js';
import { cedarTexts, toolhivePolicy } from '../../core/authoring/import/lists/toolhive.js';
import { importedText, importNotes } from '../../core/authoring/import/render.js';
import { visible } from '../../core/text/visible.js';
import { displayPath } from '../../platform/display-path.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import { printNote } from '../terminal/output.js';
import { type ImportSource, readImportSource } from './import-source.js';

/** Turns a policy of another product into ours, and says where the meaning differs. */
export async function importPolicy(file: string, { output }: { output?: string }): Promise<number> {
  if (output !== undefined && existsSync(output))
    throw new UserError(`${output} already exists`, 'name another file with --output');
  const name = displayPath(path.resolve(file));
  const { text, notes } = await converted(readImportSource(path.resolve(file)), path.basename(file), name);
  if (output === undefined) {
    await inPassing(text, checked);
    process.stdout.write(text);
  } else await createFile(path.resolve(output), text, checked);
  for (const each of notes) printNote(`note: ${visible(each)}`);
  printNote(
    `${output === undefined ? 'this' : `wrote ${visible(output)}: it`} is ${visible(name)} as a policy of policy-wrap; read its notes, and try it with policy-wrap test`,
  );
  return EXIT.fine;
}

async function converted(source: ImportSource, file: string, name: string): Promise<RenderedList> {
  try {
    const list = await ruleListOf(source);
    if (list !== undefined) return renderList(list, file);
  } catch (error) {
    if (!(error instanceof NotConvertible)) throw error;
    throw new UserError(`${name} cannot be converted: ${error.message}`, FORMATS);
  }
  const document = 'document' in source ? source.document : undefined;
  checkKind(document, name);
  const imported = importedFrom(document);
  return { text: importedText(imported, file), notes: importNotes(imported) };
}

/** The formats that are lists of rules; undefined for those of Intercept, and for what is none. */
async function ruleListOf(source: ImportSource): Promise<RuleList | undefined> {
  if ('cedar' in source) return toolhivePolicy([source.cedar]);
  const { document } = source;
  if (!isForeign(document)) return undefined;
  const cedar = cedarTexts(document);
  if (cedar !== undefined) return toolhivePolicy(cedar);
  if (isClaudeSettings(document)) return claudePermissions(document);
  if (isGeminiPolicy(document)) return geminiPolicy(document);
  if (gatewayRules(document).length > 0) {
    const { expressionReader } = await import('../../core/policy/conditions/cel.js');
    const { parse } = expressionReader({ home: homedir(), windows: process.platform === 'win32' });
    return gatewayPolicy(document, parse);
  }
  return hasToolLists(document) ? clientLists(document) : undefined;
}

const FORMATS =
  'it reads policies of Intercept and PolicyLayer (`version: "1"` and `tools:`), permissions of Claude Code, rules of Gemini CLI (.toml), tool lists in configs of MCP clients, `mcpAuthorization` of agentgateway, and Cedar of ToolHive';

/** Keys of ours that no policy of theirs has. */
const OURS = ['categories', 'servers', 'extends', 'mode', 'rate_limit', 'tests', 'approvals', 'audit'];

/** Policies of Intercept mostly say `version: "1"` and have tools; ours say `version: 1`. */
function checkKind(document: unknown, name: string): asserts document is Record<string, unknown> {
  const unknown = (what: string) => new UserError(what, FORMATS);
  if (!isForeign(document)) throw unknown(`${name} is not a policy of a known product`);
  const { version, tools, hide, all_tools: all } = document;
  if (version === 1 && OURS.some((key) => Object.hasOwn(document, key)))
    throw new UserError(
      `${name} is a policy of policy-wrap already`,
      'see it with policy-wrap check --print',
    );
  if (version !== '1' && version !== 1)
    throw unknown(
      tools || hide || all
        ? `${name} has no version "1", which is the only one of Intercept that is known`
        : `${name} is not a policy of a known product`,
    );
  if (tools !== undefined && tools !== null && !isForeign(tools))
    throw unknown(`\`tools\` of ${name} is not a map`);
  if (!tools && !hide && !all) throw unknown(`${name} has no tools`);
}

async function inPassing(text: string, check: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-'));
  try {
    await asFile(path.join(folder, 'policy-wrap.yaml'), text, check);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function checked(file: string): Promise<void> {
  try {
    const { policyFor } = await loadFile(file, process.cwd());
    await policyFor('');
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const [problem] = error.diagnostics;
    throw new UserError(`the converted policy is invalid: ${problem?.message}`, problem?.help);
  }
}
