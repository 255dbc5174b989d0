import { connectedTopology } from './rabbitmq-connection.js';
import { findExchange, findQueue, VHOST } from './rabbitmq-names.js';
import { Refusal } from './refusal.js';
import { type ToolDefinition, text, tool } from './tool.js';

/** Removing things from the broker connected last. Upstream shows these only with --allow-resource-creation. */
export const rabbitmqChanges: readonly ToolDefinition[] = [
  tool(
    'rabbitmq_broker_purge_queue',
    'Removes all messages of a queue of the connected broker.',
    { queue: text('Name of the queue.'), vhost: VHOST },
    (account, input) => {
      const queue = findQueue(connectedTopology(account), input);
      const removed = queue.messages;
      queue.messages = 0;
      return { queue: queue.name, messages_removed: removed };
    },
  ),
  tool(
    'rabbitmq_broker_delete_queue',
    'Deletes a queue of the connected broker with its messages.',
    { queue: text('Name of the queue.'), vhost: VHOST },
    (account, input) => {
      const topology = connectedTopology(account);
      const queue = findQueue(topology, input);
      topology.queues = topology.queues.filter((other) => other !== queue);
      topology.bindings = topology.bindings.filter(
        ({ destination, vhost }) => destination !== queue.name || vhost !== queue.vhost,
      );
      for (const connection of topology.connections) {
        if (connection.vhost === queue.vhost) {
          connection.consumes = connection.consumes.filter((name) => name !== queue.name);
        }
      }
      return { deleted_queue: queue.name };
    },
  ),
  tool(
    'rabbitmq_broker_delete_exchange',
    'Deletes an exchange of the connected broker with its bindings.',
    { exchange: text('Name of the exchange.'), vhost: VHOST },
    (account, input) => {
      const topology = connectedTopology(account);
      const exchange = findExchange(topology, input);
      if (exchange.name.startsWith('amq.'))
        throw new Refusal(`The exchange ${exchange.name} belongs to RabbitMQ itself.`);
      topology.exchanges = topology.exchanges.filter((other) => other !== exchange);
      topology.bindings = topology.bindings.filter(
        ({ source, vhost }) => source !== exchange.name || vhost !== exchange.vhost,
      );
      return { deleted_exchange: exchange.name };
    },
  ),
];
