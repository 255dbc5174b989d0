import { KNOWN_CLIENTS, type KnownClient } from '../../clients/known-clients.js';
import { suggest } from '../../core/text/did-you-mean.js';
import { visible } from '../../core/text/visible.js';
import { UserError } from '../../platform/user-error.js';

/**
 * The clients of these names, all where there are none.
 * @throws {UserError}
 */
export function chosenClients(names: readonly string[] = []): readonly KnownClient[] {
  if (names.length === 0) return KNOWN_CLIENTS;
  const known = KNOWN_CLIENTS.map(({ name }) => name);
  return names.map((name) => {
    const client = KNOWN_CLIENTS.find((each) => each.name === name);
    const close = suggest(name, known);
    if (client) return client;
    throw new UserError(
      `unknown client '${visible(name)}'`,
      close ? `did you mean '${close}'?` : `the known clients are ${known.join(', ')}`,
    );
  });
}
