import { existsSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { insertAtEnd, NoPlace } from '../../config/edit/insert.js';
import { asFile, createFile, keepBeside, replaceFile } from '../../config/edit/write-file.js';
import { loadFile } from '../../config/load.js';
import { PolicyError } from '../../config/policy-error.js';
import { type DraftChoices, draftPolicy } from '../../core/authoring/draft/draft.js';
import { dangerTests, sampleTests } from '../../core/authoring/draft/draft-tests.js';
import type { Policy } from '../../core/policy/compile/policy.js';
import type { PolicyDocument } from '../../core/policy/document/document.js';
import { SCHEMA_FILE, schemaAddress } from '../../core/version.js';
import { displayPath } from '../../platform/display-path.js';
import { UserError } from '../../platform/user-error.js';
import type { ServerTools } from '../../servers/server-tools.js';
import type { ReadPolicy } from './destination.js';
import { type ExistingState, withTools } from './existing.js';

/**
 * Writes a policy for one server, with tests.
 * @param before what is there, which is kept beside it; undefined where there is nothing
 * @returns where it is kept
 */
export async function writeNew(
  file: string,
  { id, tools }: ServerTools,
  choices: DraftChoices,
  before: Uint8Array | undefined,
): Promise<string | undefined> {
  const start = draftPolicy(id, tools, choices, schemaFor(file));
  const policy = await policyOf(file, start, id);
  const tests = [...dangerTests(policy, tools), ...sampleTests(policy, tools)];
  const text = `${start}\n${testsPart(tests).join('\n')}\n`;
  const check = async (draft: string) => void (await policyIn(draft, id));
  if (before === undefined) {
    await createFile(file, text, check);
    return undefined;
  }
  const kept = keepBeside(file);
  await replaceFile(file, before, text, check);
  return kept;
}

function testsPart(tests: readonly string[]): string[] {
  return [
    '# Whether it does what is meant: `policy-wrap test`, in CI too. Who changes a choice above, changes its test.',
    'tests:',
    ...tests.map((line) => `  ${line}`),
  ];
}

/** Adds the tools that are new to a policy, and their tests. */
export async function addToPolicy(
  file: string,
  existing: ReadPolicy,
  { id }: ServerTools,
  state: ExistingState,
): Promise<void> {
  const { text, document } = withTools(existing, state);
  const policy = await policyOf(file, text, id);
  const tested = withTests(text, document, dangerTests(policy, state.fresh));
  await replaceFile(file, existing.bytes, existing.bom + tested, async (draft) => {
    const { chain } = await policyIn(draft, id);
    const { tests: _, ...written } = chain.documents[0].document;
    const { tests: __, ...meant } = document;
    if (!isDeepStrictEqual(written, meant))
      throw new UserError(
        `${displayPath(file)} is written in a way that nothing can be added to safely, so nothing is written`,
        'write the entries yourself, as policy-wrap inspect shows them',
      );
  });
}

function withTests(text: string, { tests }: PolicyDocument, lines: readonly string[]): string {
  if (lines.length === 0) return text;
  if (tests === undefined) {
    const end = text.includes('\r\n') ? '\r\n' : '\n';
    return [text.trimEnd(), '', ...testsPart(lines), ''].join(end);
  }
  try {
    return insertAtEnd(text, ['tests'], (indent) => lines.map((line) => `${indent}${line}`));
  } catch (error) {
    if (error instanceof NoPlace) return text;
    throw error;
  }
}

function policyOf(file: string, text: string, id: string): Promise<Policy> {
  return asFile(file, text, async (draft) => (await policyIn(draft, id)).policy);
}

/** @throws {UserError} when it is none: then it is not written */
async function policyIn(draft: string, id: string) {
  try {
    const { chain, policyFor } = await loadFile(draft, process.cwd());
    return { chain, policy: await policyFor(id) };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const [problem] = error.diagnostics;
    throw new UserError(
      `the new policy would be invalid, so nothing was written: ${problem?.message}`,
      problem?.help,
    );
  }
}

/**
 * Where an editor finds the schema: in the packages of the project where this program is one of them, else where what is
 * published can be read by everybody. What npx has fetched is gone one day.
 */
function schemaFor(file: string): string {
  const folder = path.dirname(file);
  const below = `node_modules/policy-wrap/${SCHEMA_FILE}`;
  return existsSync(path.join(folder, below)) ? `./${below}` : schemaAddress();
}
