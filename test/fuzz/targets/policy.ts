import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { diagnosticLine, PolicyError } from '../../../src/config/policy-error.js';
import { type PolicySource, readSource } from '../../../src/config/yaml/source.js';
import { compile } from '../../../src/core/policy/compile/compile.js';
import { expressionCompiler } from '../../../src/core/policy/conditions/cel.js';
import { decide } from '../../../src/core/policy/decide/decide.js';
import { classifyName } from '../../../src/core/policy/decide/resolve.js';
import { sampleCall } from '../../../src/core/policy/decide/sample-call.js';
import { isStricter } from '../../../src/core/policy/decide/verdicts.js';
import type { PolicyDocument } from '../../../src/core/policy/document/document.js';
import { plainDecide } from '../../reference/decide.js';
import { policyTexts } from '../../texts/policies.js';
import { examplePolicies } from '../attacks.js';
import { bytesOf, type Target } from '../target.js';
import { POLICY_WORDS } from '../words.js';

const SERVER = 'alpha';
const compileExpression = expressionCompiler({ home: '/home/me', windows: false });
const PROTOTYPES = [Object.prototype, Array.prototype, String.prototype, Function.prototype, Map.prototype];
const properties = () => PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length);

/** A text becomes a policy that says what other readers of the text understand, or errors that say where. */
function run(input: Uint8Array): void {
  const text = Buffer.from(input).toString('utf8');
  const before = properties();
  const source = sourceOf(text);
  if (source !== undefined) {
    const { policy, diagnostics } = compile([[source]], SERVER, compileExpression);
    for (const read of diagnostics.length === 0 ? [JSON.parse, parse] : [])
      agrees(policy, source.document, readBy(read, text));
  }
  assert.deepEqual(properties(), before);
}

function sourceOf(text: string): PolicySource | undefined {
  try {
    return readSource(text, 'policy-wrap.yaml');
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    assert.ok(error.diagnostics.length > 0);
    const lines = text.split('\n');
    for (const diagnostic of error.diagnostics) {
      const { line = 1, column = 1, length = 1 } = diagnostic.place ?? {};
      assert.match(
        diagnosticLine(diagnostic),
        /^[^\p{Cc}\p{Cf}]{1,1500}(?:\n {2}help: [^\p{Cc}\p{Cf}]{1,500})?$/u,
      );
      assert.ok(line >= 1 && line <= lines.length && column >= 1, `${line}:${column}`);
      assert.ok(
        length >= 1 && length <= Math.max(lines[line - 1]?.length ?? 1, 1),
        `${line}:${column}+${length}`,
      );
    }
    return undefined;
  }
}

function readBy(read: (text: string) => unknown, text: string): PolicyDocument | undefined {
  try {
    return read(text) as PolicyDocument;
  } catch {
    return undefined;
  }
}

/** Values that no policy can hold and JSON cannot write are left out on both sides. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function agrees(
  policy: Parameters<typeof decide>[0],
  document: PolicyDocument,
  other: PolicyDocument | undefined,
): void {
  if (other === undefined) return;
  assert.deepEqual(plain(document), plain(other));
  // The reference knows neither conditions nor other files, and takes its time with stars.
  if (/"(?:when|extends|budget)":|\*[^"]*\*[^"]*\*[^"]*\*/.test(JSON.stringify(other))) return;
  for (const name of [...Object.keys(other.tools ?? {}), 'list_a', 'delete_a']) {
    const { category } = classifyName(name);
    const wanted = plainDecide([other], {
      kind: 'tool',
      name,
      category,
      server: SERVER,
      when: () => 'failed',
    });
    const call = sampleCall({ kind: 'tool', name, argumentsText: '{}', server: SERVER, now: 0 });
    const [verdict] = decide(policy, call).verdicts;
    assert.ok(verdict);
    // What resembles a restricted name is refused, which the reference does not know.
    if (!isStricter(verdict.action, wanted.action)) assert.equal(verdict.action, wanted.action, name);
  }
}

export const policy: Target = {
  run,
  seeds: () => [...examplePolicies(), ...SEEDS.map(bytesOf)],
  generated: policyTexts().map(bytesOf),
  words: POLICY_WORDS,
  longest: 4_096,
};

const SEEDS = [
  'version: 1\ndefault: deny\n',
  'version: 1\ndefault: deny\ntools:\n  a: &a { action: deny }\n  b: *a\n  "*": allow\n',
  '{"version":1,"default":"require_approval","tools":{"x":["allow",{"action":"deny","when":"args.a > 1"}]}}',
  'version: 1\nextends: standard\nservers:\n  alpha: { tools: { x: hide }, default: deny }\n',
  '%YAML 1.2\n---\nversion: 1\ndefault: >-\n  deny\n...\n',
];
