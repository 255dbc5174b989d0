/**
 * The library: judge calls by a policy without the program around it. Pure; nothing here reads files, waits or
 * prints. In order: a policy is compiled (`followExtends`, `compile`), a call is judged (`sampleCall`, `decide`,
 * `combine`), and settled with what the world answers (`settle`, `Counters`). docs/library.md shows all of it.
 *
 * `policy-wrap/yaml` reads policy files, and `policy-wrap/conditions` compiles conditions.
 */

export { Counters } from './core/limits/counters.js';
export type { Admission, Charge, Limit, Taken } from './core/limits/limit.js';
export { type Compiled, compile } from './core/policy/compile/compile.js';
export { followExtends } from './core/policy/compile/follow-extends.js';
export type { Layer, Policy } from './core/policy/compile/policy.js';
export type {
  Bindings,
  CompileExpression,
  Evaluated,
  Expected,
  Expression,
  ExpressionFlaw,
} from './core/policy/conditions/expression.js';
export type { Approval, ApprovalForm, Remember } from './core/policy/decide/approval.js';
export type { Call, CallKind } from './core/policy/decide/call.js';
export { type Decision, decide, isHidden } from './core/policy/decide/decide.js';
export { type Sample, sampleCall } from './core/policy/decide/sample-call.js';
export {
  type Answers,
  combine,
  type Outcome,
  type Refusal,
  type Ruling,
  settle,
} from './core/policy/decide/settle.js';
export type { TraceStep, Verdict } from './core/policy/decide/verdicts.js';
export type { ExtendsChain, SourcedDocument } from './core/policy/document/chain.js';
export type { Diagnostic, Part, Place, Severity } from './core/policy/document/diagnostic.js';
export type { Action, Channel, Mode, PolicyDocument } from './core/policy/document/document.js';
export { type PresetName, preset } from './core/policy/document/presets.js';
export type { Origin, Span } from './core/text/origin.js';
export type { Category, Classification, Mark, Risk } from './core/tools/category.js';
export { type ClassifyOptions, classify } from './core/tools/classify/classify.js';
export type { ToolAnnotations, ToolDefinition } from './core/tools/definition.js';
