/**
 * The library: judge calls by a policy without the program around it. Pure; nothing here reads files, waits or
 * prints.
 */

export type { Approval, ApprovalForm, Remember } from './core/approval.js';
export type { Call, CallKind } from './core/call.js';
export { type Compiled, compile } from './core/compile.js';
export { type Decision, decide, isHidden, type TraceStep, type Verdict } from './core/decide.js';
export type { Channel, PolicyDocument } from './core/document.js';
export type { Bindings, CompileExpression, Expression } from './core/expression.js';
export { type Charge, Counters, type Limit, type Taken } from './core/limit.js';
export type { Chain, Flaw, Layer, Origin, Policy, SourcedDocument, SourcedFlaw } from './core/policy.js';
export { preset } from './core/presets.js';
export { sampleCall } from './core/sample-call.js';
export { type Outcome, type Refusal, type Ruling, rule, settle } from './core/settle.js';
