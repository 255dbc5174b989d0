import type { ExtendsChain, SourcedDocument } from '../../../policy/document/chain.js';
import type { Diagnostic } from '../../../policy/document/diagnostic.js';
import { diagnosticOf, ownValueAt } from '../../../policy/document/lookup.js';
import { matches, pattern } from '../../../text/glob.js';
import { NAMED_TABLES } from './named-tables.js';
import { type OddName, oddName } from './odd-name.js';

/**
 * Warns of names and globs that by their form match nothing, such as those that clients show. Servers may have such
 * names all the same, so it is no error.
 * @param tools names that servers are known to have
 */
export function oddNames(chains: readonly ExtendsChain[], tools: Iterable<string>): Diagnostic[] {
  const known = [...tools];
  return chains.flatMap((chain) => chain.flatMap((owner) => ofDocument(owner, known)));
}

function ofDocument(owner: SourcedDocument, known: readonly string[]): Diagnostic[] {
  const sections = [[], ...Object.keys(owner.document.servers ?? {}).map((name) => ['servers', name])];
  return sections.flatMap((section) => {
    const found = NAMED_TABLES.flatMap((table) =>
      Object.keys(ownValueAt(owner.document, [...section, table]) ?? {}).flatMap((name) => {
        const odd = oddName(name, table, section.length > 0);
        const isThere = odd && table === 'tools' && known.some((tool) => matches(pattern(name), tool));
        return odd && !isThere ? [{ odd, path: [...section, table, name] }] : [];
      }),
    );
    return oneEach(found).map(({ odd: { message, help }, path }) => ({
      ...diagnosticOf({ path, message, help }, owner),
      severity: 'warning' as const,
    }));
  });
}

interface Found {
  odd: OddName;
  path: readonly string[];
}

/** A server whose names all have dots in them is to be heard of once. */
function oneEach(found: readonly Found[]): Found[] {
  const seen = new Set<string>();
  return found.filter(({ odd: { prefix }, path }) => {
    if (prefix === undefined) return true;
    const key = JSON.stringify([path.slice(0, -1), prefix]);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}
