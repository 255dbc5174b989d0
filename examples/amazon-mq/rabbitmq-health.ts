import { reading } from './rabbitmq-reads.js';
import type { ToolDefinition } from './tool.js';
import type { Topology } from './types.js';

/** Whether the broker connected last is well, and who uses it. */
export const rabbitmqHealth: readonly ToolDefinition[] = [
  reading(
    'rabbitmq_broker_get_cluster_nodes_info',
    'Shows the nodes of the connected broker with their state.',
    ({ nodes }) => nodes,
  ),
  reading(
    'rabbitmq_broker_list_connections',
    'Lists the client connections of the connected broker.',
    ({ connections }) => connections.map(({ name, user, vhost }) => ({ name, user, vhost })),
  ),
  reading(
    'rabbitmq_broker_list_consumers',
    'Lists the consumers of the connected broker.',
    ({ connections }) =>
      connections.flatMap(({ name, vhost, consumes }) =>
        consumes.map((queue) => ({ connection: name, vhost, queue })),
      ),
  ),
  reading(
    'rabbitmq_broker_is_in_alarm',
    'Says whether a node of the connected broker has run out of memory or disk.',
    ({ nodes }) => ({
      in_alarm: nodes.some(({ memory_used, disk_used }) => memory_used >= 1 || disk_used >= 1),
    }),
  ),
  reading(
    'rabbitmq_broker_is_quorum_critical',
    'Says whether a quorum queue would stop if one more node went down.',
    (topology) => {
      const queues = criticalQueues(topology);
      return { quorum_critical: queues.length > 0, queues };
    },
  ),
];

/** Quorum queues of several members of which no more run than the bare majority. */
function criticalQueues({ queues, nodes }: Topology): string[] {
  const running = new Set(nodes.filter((node) => node.running).map(({ name }) => name));
  return queues
    .filter(({ type, members }) => {
      const majority = Math.floor(members.length / 2) + 1;
      return (
        type === 'quorum' &&
        members.length > 1 &&
        members.filter((member) => running.has(member)).length <= majority
      );
    })
    .map(({ name }) => name);
}
