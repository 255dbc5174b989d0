import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asFile, createFile } from '../../config/edit/write-file.js';
import { loadFile } from '../../config/load.js';
import { PolicyError } from '../../config/policy-error.js';
import { readForeign } from '../../config/yaml/foreign-source.js';
import { importedFrom } from '../../core/authoring/import/convert-policy.js';
import { isForeign } from '../../core/authoring/import/foreign-policy.js';
import { importedText, importNotes } from '../../core/authoring/import/render.js';
import { visible } from '../../core/text/visible.js';
import { displayPath } from '../../platform/display-path.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import { printNote } from '../terminal/output.js';

/** Turns a policy of PolicyLayer or Intercept into ours, and says where the meaning differs. */
export async function importPolicy(file: string, { output }: { output?: string }): Promise<number> {
  if (output !== undefined && existsSync(output))
    throw new UserError(`${output} already exists`, 'name another file with --output');
  const name = displayPath(path.resolve(file));
  const document = readForeign(path.resolve(file));
  checkKind(document, name);
  const imported = importedFrom(document);
  const text = importedText(imported, path.basename(file));
  if (output === undefined) {
    await inPassing(text, checked);
    process.stdout.write(text);
  } else await createFile(path.resolve(output), text, checked);
  for (const each of importNotes(imported)) printNote(`note: ${visible(each)}`);
  printNote(
    `${output === undefined ? 'this' : `wrote ${visible(output)}: it`} is ${name} as a policy of policy-wrap; read its notes, and try it with policy-wrap test`,
  );
  return EXIT.fine;
}

/** Keys of ours that no policy of theirs has. */
const OURS = ['categories', 'servers', 'extends', 'mode', 'rate_limit', 'tests', 'approvals', 'audit'];

/** Their files mostly say `version: "1"` and have tools; ours say `version: 1`. */
function checkKind(document: unknown, name: string): asserts document is Record<string, unknown> {
  const help = 'such a file has `version: "1"` and `tools:` with `rules:`';
  if (!isForeign(document)) throw new UserError(`${name} is not a policy of PolicyLayer or Intercept`, help);
  const { version, tools, hide, all_tools: all } = document;
  if (OURS.some((key) => Object.hasOwn(document, key)))
    throw new UserError(
      `${name} is a policy of policy-wrap already`,
      'see it with policy-wrap check --print',
    );
  if (version !== '1' && version !== 1)
    throw new UserError(`${name} has no version "1", which is the only one that is known`, help);
  if (tools !== undefined && tools !== null && !isForeign(tools))
    throw new UserError(`\`tools\` of ${name} is not a map`, help);
  if (!tools && !hide && !all) throw new UserError(`${name} has no tools`, help);
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
