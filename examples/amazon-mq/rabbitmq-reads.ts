import { connectedTopology } from './rabbitmq-connection.js';
import { findExchange, findQueue, findShovel, VHOST } from './rabbitmq-names.js';
import { type ToolDefinition, text, tool } from './tool.js';
import type { Account, Topology } from './types.js';

/** Looking into the broker connected last: what messages run through. */
export const rabbitmqReads: readonly ToolDefinition[] = [
  reading('rabbitmq_broker_list_queues', 'Lists the queues of the connected broker.', ({ queues }) => queues),
  reading(
    'rabbitmq_broker_list_exchanges',
    'Lists the exchanges of the connected broker.',
    ({ exchanges }) => exchanges,
  ),
  reading(
    'rabbitmq_broker_list_vhosts',
    'Lists the virtual hosts of the connected broker.',
    ({ vhosts }) => vhosts,
  ),
  reading(
    'rabbitmq_broker_list_shovels',
    'Lists the shovels of the connected broker.',
    ({ shovels }) => shovels,
  ),
  tool(
    'rabbitmq_broker_get_queue_info',
    'Shows one queue of the connected broker.',
    { queue: text('Name of the queue.'), vhost: VHOST },
    (account, input) => {
      const topology = connectedTopology(account);
      const queue = findQueue(topology, input);
      const consumers = topology.connections.filter(
        ({ vhost, consumes }) => vhost === queue.vhost && consumes.includes(queue.name),
      ).length;
      return { ...queue, consumers };
    },
  ),
  tool(
    'rabbitmq_broker_get_exchange_info',
    'Shows one exchange of the connected broker with its bindings.',
    { exchange: text('Name of the exchange.'), vhost: VHOST },
    (account, input) => {
      const topology = connectedTopology(account);
      const exchange = findExchange(topology, input);
      const bindings = topology.bindings.filter(
        ({ source, vhost }) => source === exchange.name && vhost === exchange.vhost,
      );
      return { ...exchange, bindings };
    },
  ),
  tool(
    'rabbitmq_broker_get_shovel_info',
    'Shows one shovel of the connected broker.',
    { name: text('Name of the shovel.'), vhost: VHOST },
    (account, input) => findShovel(connectedTopology(account), input),
  ),
  tool(
    'rabbitmq_broker_get_broker_definition',
    'Returns what is defined in the connected broker: virtual hosts, exchanges, queues, bindings and users.',
    {},
    (account) => {
      const { vhosts, exchanges, queues, bindings } = connectedTopology(account);
      const definedQueues = queues.map(({ name, vhost, type, durable }) => ({ name, vhost, type, durable }));
      return { vhosts, exchanges, queues: definedQueues, bindings, users: userNames(account) };
    },
  ),
  tool('rabbitmq_broker_list_users', 'Lists the users of the connected broker.', {}, (account) => {
    connectedTopology(account);
    return userNames(account);
  }),
];

/** A tool without parameters that shows a part of the connected broker. */
export function reading(
  name: string,
  description: string,
  select: (topology: Topology) => unknown,
): ToolDefinition {
  return tool(name, description, {}, (account) => select(connectedTopology(account)));
}

function userNames(account: Account): { name: string }[] {
  return (account.brokers.get(account.connectedTo ?? '')?.users ?? []).map(({ name }) => ({ name }));
}
