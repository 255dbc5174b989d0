import { compile } from '../../../core/policy/compile/compile.js';
import { isExpressionFlaw } from '../../../core/policy/conditions/expression.js';
import type { ExtendsChain } from '../../../core/policy/document/chain.js';
import { valueAtPath } from '../../../core/policy/document/describe-value.js';
import type { Diagnostic } from '../../../core/policy/document/diagnostic.js';
import { schemaFlaws } from '../../../core/policy/document/schema-flaws.js';
import type { PolicyError, UncheckedExpression } from '../../policy-error.js';
import { expressionsFor, loadExpressions } from '../load-expressions.js';

/** What is about several parts of a policy at once, of which one may be missing. */
const TOGETHER = /^$|^\/(?:extends|approvals|audit)(?:\/|$)/;

/**
 * What is wrong with policy files, and what is wrong with those parts of them that could be read, all in one round. What needs
 * a part that could not be read is not said.
 * @param errors of the policies that could not be read
 * @param others the policies that could
 */
export async function allDiagnostics(
  errors: readonly PolicyError[],
  others: readonly { documents: ExtendsChain }[],
): Promise<Diagnostic[]> {
  const read = [...errors.map(({ readable }) => readable), ...others.map(({ documents }) => documents)];
  const chains = read.flatMap(([first, ...more]) => (first ? [[first, ...more] as const] : []));
  const unread = errors.flatMap(unreadExpressions);
  const compileExpression = unread.length > 0 ? await loadExpressions() : await expressionsFor(chains);
  const inUnread = unread.flatMap(({ source, expected, diagnostic }) => {
    const compiled = compileExpression(source, expected);
    return isExpressionFlaw(compiled) ? [diagnostic(compiled)] : [];
  });
  const inRead = chains
    .flatMap((chain) => compile([chain], '', compileExpression).diagnostics)
    .filter(({ place }) => !TOGETHER.test(place?.pointer ?? ''));
  const explained = errors.flatMap((error) => error.explained?.(schemaFlaws) ?? error.diagnostics);
  return [...explained, ...inUnread, ...inRead];
}

/** The expressions that are not in what could be read. */
function unreadExpressions({ unchecked, readable }: PolicyError): UncheckedExpression[] {
  return unchecked.filter(({ path }) =>
    readable.every(({ document }) => valueAtPath(document, path) === undefined),
  );
}
