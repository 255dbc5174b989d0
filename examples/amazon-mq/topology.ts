import type { Exchange, Topology } from './types.js';

/** A RabbitMQ broker as it is when new: one virtual host, the exchanges of the standard, no queues. */
export function emptyTopology(nodes: string[]): Topology {
  return {
    vhosts: ['/'],
    queues: [],
    exchanges: standardExchanges('/'),
    bindings: [],
    shovels: [],
    connections: [],
    nodes: nodes.map((name) => ({ name, running: true, memory_used: 0.1, disk_used: 0.1 })),
  };
}

/** A cluster of three with an order pipeline on it. */
export function seedTopology(): Topology {
  const members = ['rabbit@node-1', 'rabbit@node-2', 'rabbit@node-3'];
  const empty = emptyTopology(members);
  return {
    ...empty,
    vhosts: ['/', 'staging'],
    queues: [
      { name: 'orders.new', vhost: '/', type: 'quorum', durable: true, messages: 42, members },
      { name: 'orders.failed', vhost: '/', type: 'quorum', durable: true, messages: 7, members },
      {
        name: 'orders.audit',
        vhost: '/',
        type: 'classic',
        durable: true,
        messages: 0,
        members: members.slice(0, 1),
      },
    ],
    exchanges: [
      ...empty.exchanges,
      ...standardExchanges('staging'),
      { name: 'orders', vhost: '/', type: 'topic', durable: true },
    ],
    bindings: [
      { vhost: '/', source: 'orders', destination: 'orders.new', routing_key: 'order.created' },
      { vhost: '/', source: 'orders', destination: 'orders.audit', routing_key: '#' },
    ],
    shovels: [
      {
        name: 'failed-to-audit',
        vhost: '/',
        state: 'running',
        source: 'orders.failed',
        destination: 'orders.audit',
      },
    ],
    connections: [
      {
        name: '10.0.1.17:50122 -> 10.0.0.5:5671',
        user: 'orders-admin',
        vhost: '/',
        consumes: ['orders.new'],
      },
    ],
  };
}

function standardExchanges(vhost: string): Exchange[] {
  const types = ['direct', 'fanout', 'headers', 'topic'] as const;
  return types.map((type) => ({ name: `amq.${type}`, vhost, type, durable: true }));
}
