import { Refusal } from './refusal.js';
import { seedBrokers, seedConfigurations } from './seed.js';
import type { Account, Broker } from './types.js';

/** The tag that says which brokers this server may change: those that it has made. */
export const OWNER_TAG = 'mcp_server_version';

/** How long a new or rebooting broker is busy, in milliseconds; minutes in real life. */
const BUSY_FOR = 2_000;

/** A fresh account with three brokers and one configuration, all in memory. `now` gives ms since the epoch. */
export function createAccount(now: () => number = Date.now): Account {
  return {
    now,
    brokers: seedBrokers(now()),
    configurations: seedConfigurations(now()),
    apiKeys: [],
    connectedTo: undefined,
    made: 0,
  };
}

/** The broker of that region and id. Throws a Refusal when there is none. */
export function findBroker(account: Account, region: string, id: string): Broker {
  const broker = account.brokers.get(id);
  if (broker === undefined || broker.region !== region) {
    throw new Refusal(`There is no broker ${id} in ${region}. Use list_brokers to see which there are.`);
  }
  return broker;
}

/** As findBroker, for a change: brokers without the owner tag are refused. */
export function findOwnBroker(account: Account, region: string, id: string): Broker {
  const broker = findBroker(account, region, id);
  if (broker.tags[OWNER_TAG] === undefined) {
    throw new Refusal(
      `Broker ${id} does not carry the tag ${OWNER_TAG}: it was not made here and is not changed here.`,
    );
  }
  return broker;
}

/** Marks a broker as busy; it runs again on its own. */
export function keepBusy(account: Account, broker: Broker, state: string): void {
  broker.busy = { state, until: account.now() + BUSY_FOR };
}

/** The state as the service reports it, such as RUNNING. */
export function stateOf(account: Account, { busy }: Broker): string {
  return busy !== undefined && account.now() < busy.until ? busy.state : 'RUNNING';
}

/** The next number for a made-up identifier; never given twice. */
export function nextNumber(account: Account): number {
  account.made += 1;
  return account.made;
}

/** The ARN of a broker or configuration, in the account number that AWS uses in its documentation. */
export function arnOf(
  kind: 'broker' | 'configuration',
  { region, id }: { region: string; id: string },
): string {
  return `arn:aws:mq:${region}:111122223333:${kind}:${id}`;
}

/** Milliseconds since the epoch as ISO 8601 in UTC. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
