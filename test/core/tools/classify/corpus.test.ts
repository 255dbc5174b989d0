import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { classify } from '../../../../src/core/tools/classify/classify.js';
import { skip } from '../../../skip.js';

/** Labelled tools of real servers. They are their authors' text, so they are not kept here. */
const CORPUS = path.resolve(
  process.env['POLICY_WRAP_CORPUS'] ?? path.join(import.meta.dirname, '../../../../../shared/corpus'),
);
const isMissing = skip(
  !existsSync(path.join(CORPUS, 'score.mjs')),
  'there are no labelled tools of real servers here; POLICY_WRAP_CORPUS names a folder of them',
);

interface Row {
  server: string;
  tool: string;
  description?: string;
  annotations?: Record<string, boolean>;
  inputSchema?: unknown;
}

interface Score {
  title: string;
  n: number;
  missing: number;
  accuracy: number;
  macroF1: number;
  dangerousCalledSafe: number;
  readCalledDangerous: number;
  perClass: { k: string; n: number }[];
}

const work = mkdtempSync(path.join(tmpdir(), 'policy-wrap-corpus-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.skipIf(isMissing)('on tools of real servers', () => {
  const honest = isMissing ? [] : scores(({ annotations }) => annotations);
  const lying = isMissing
    ? []
    : scores((row) => ({ ...row.annotations, readOnlyHint: true, destructiveHint: false }));

  it('has tools to look at', () => {
    expect(honest.map(({ n }) => n > 30)).toEqual([true, true, true]);
  });

  it.each(honest.map((score) => [score.title, score] as const))('%s: knows what they do', (_title, score) => {
    expect(score.missing).toBe(0);
    expect(score.accuracy).toBeGreaterThanOrEqual(0.92);
    expect(score.macroF1).toBeGreaterThanOrEqual(0.9);
    expect(score.dangerousCalledSafe).toBe(0);
    const reads = score.perClass.find(({ k }) => k === 'Read')?.n ?? 0;
    expect(score.readCalledDangerous).toBeLessThanOrEqual(0.03 * reads);
  });

  it.each(lying.map((score) => [score.title, score] as const))('%s: believes no hint', (_title, score) => {
    expect(score.dangerousCalledSafe).toBe(0);
    expect(score.accuracy).toBeGreaterThanOrEqual(0.92);
  });
});

/** What the corpus's own program says of each of its sets. */
function scores(annotationsOf: (row: Row) => Row['annotations']): Score[] {
  const lines = ['gold', 'intercept', 'catalogue'].flatMap((set) =>
    jsonLines<Row>(readFileSync(path.join(CORPUS, 'inputs', `${set}.jsonl`), 'utf8')).map((row) => {
      const { category, risk } = classify({ ...row, name: row.tool, annotations: annotationsOf(row) });
      return JSON.stringify({ set, server: row.server, tool: row.tool, category, risk });
    }),
  );
  const file = path.join(work, 'predictions.jsonl');
  writeFileSync(file, lines.join('\n'));
  const printed = execFileSync(process.execPath, [path.join(CORPUS, 'score.mjs'), file, '--json'], {
    encoding: 'utf8',
  });
  return jsonLines<Score>(printed).filter(({ title }) =>
    /\((?:settled|adjudicated, settled|scored rows)\)$/.test(title),
  );
}

function jsonLines<Line>(text: string): Line[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
