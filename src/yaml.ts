/**
 * The library's reader of policy files, `policy-wrap/yaml`. An entry of its own, so that programs with policies in code
 * do not load a YAML parser.
 */

export { diagnosticLine as formatDiagnostic } from './config/policy-error.js';
export { type ParsedPolicy, parsePolicy } from './config/yaml/parse-policy.js';
export type { PolicySource } from './config/yaml/source.js';
export type { Diagnostic } from './core/policy/document/diagnostic.js';
