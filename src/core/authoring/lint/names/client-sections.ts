import type { ExtendsChain } from '../../../policy/document/chain.js';
import type { Diagnostic } from '../../../policy/document/diagnostic.js';
import { diagnosticOf } from '../../../policy/document/lookup.js';
import { matches, pattern } from '../../../text/glob.js';
import { quotedName } from '../../../text/name-list.js';

/** A server in the config of a client. */
export interface ClientServer {
  /** As its client calls it. */
  name: string;
  /** As policies know it. */
  id: string;
  /** The client, for people. */
  client: string;
  /** Where the id is written that it is to have: it follows "with --server". */
  advice: (id: string) => string;
}

/** A section that never applies, with the ids of the servers that it is meant for. */
export interface ClientSection extends Diagnostic {
  ids: readonly string[];
}

/** Warns of sections under what clients call their servers, where policies know these by other ids. */
export function clientSections(
  chains: readonly ExtendsChain[],
  servers: readonly ClientServer[],
): ClientSection[] {
  const owners = new Set(chains.flat());
  return [...owners].flatMap((owner) =>
    Object.keys(owner.document.servers ?? {}).flatMap((key): ClientSection[] => {
      const wanted = pattern(key);
      if (servers.some(({ id }) => matches(wanted, id))) return [];
      const called = servers.filter(({ name }) => matches(wanted, name));
      const [first] = called;
      if (first === undefined) return [];
      const ids = [...new Set(called.map(({ id }) => id))];
      const message = `${quotedName(first.name)} is the name in ${first.client}'s config; policies know it as ${quotedName(first.id)}, so this section does not apply`;
      const help = `write ${quotedName(first.id)}, or name the server with --server ${first.advice(first.name)}`;
      const found = diagnosticOf({ path: ['servers', key], part: 'key', message, help }, owner);
      return [{ ...found, severity: 'warning', ids }];
    }),
  );
}
