/**
 * The library: judge calls by a policy without the program around it. Pure; nothing here reads files, waits or
 * prints.
 */

export { Counters } from './core/limits/counters.js';
export type { Charge, Limit, Taken } from './core/limits/limit.js';
export { type Compiled, compile } from './core/policy/compile/compile.js';
export type {
  Layer,
  Policy,
} from './core/policy/compile/policy.js';
export type { Bindings, CompileExpression, Expression } from './core/policy/conditions/expression.js';
export type { Approval, ApprovalForm, Remember } from './core/policy/decide/approval.js';
export type { Call, CallKind } from './core/policy/decide/call.js';
export {
  type Decision,
  decide,
  isHidden,
  type TraceStep,
  type Verdict,
} from './core/policy/decide/decide.js';
export { sampleCall } from './core/policy/decide/sample-call.js';
export { combine, type Outcome, type Refusal, type Ruling, settle } from './core/policy/decide/settle.js';
export type { ExtendsChain, SourcedDocument } from './core/policy/document/chain.js';
export type { Diagnostic, Part, Place, Severity } from './core/policy/document/diagnostic.js';
export type { Channel, PolicyDocument } from './core/policy/document/document.js';
export { preset } from './core/policy/document/presets.js';
export type { Origin, Span } from './core/text/origin.js';
