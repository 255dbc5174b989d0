import { compile } from '../../../src/core/policy/compile/compile.js';
import type { Policy } from '../../../src/core/policy/compile/policy.js';
import { expressionCompiler } from '../../../src/core/policy/conditions/cel.js';
import type { Call, CallKind } from '../../../src/core/policy/decide/call.js';
import { sampleCall } from '../../../src/core/policy/decide/sample-call.js';
import type { ExtendsChain, SourcedDocument } from '../../../src/core/policy/document/chain.js';
import type { PolicyDocument } from '../../../src/core/policy/document/document.js';

export const compileExpression = expressionCompiler({ home: '/home/me', windows: false });

/** What a test writes of a policy; the version goes without saying. */
export type Written = Omit<PolicyDocument, 'version'>;

/** A document as if it had been read from a file, with line numbers that the path gives away. */
export function sourced(written: Written, source = 'policy-wrap.yaml'): SourcedDocument {
  return { source, document: { version: 1, ...written }, lineOf: (path) => path.length };
}

/** A file followed by what it extends. */
export function chainOf(written: Written, ...bases: readonly Written[]): ExtendsChain {
  return [sourced(written), ...bases.map((base, index) => sourced(base, `base-${index + 1}.yaml`))];
}

/** The policy of files that judge side by side. Throws when one of them is wrong. */
export function policyOf(chains: readonly ExtendsChain[], server = 'server'): Policy {
  const { policy, diagnostics } = compile(chains, server, compileExpression);
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return policy;
}

/** The policy of one file. */
export function policyFrom(written: Written, server?: string): Policy {
  return policyOf([chainOf(written)], server);
}

export function callOf(name: string, args: object = {}, kind: CallKind = 'tool'): Call {
  return sampleCall({ kind, name, argumentsText: JSON.stringify(args), server: 'server', now: 0 });
}
