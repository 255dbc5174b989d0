import type { Arguments } from './arguments.js';
import { Refusal } from './refusal.js';
import type { Property } from './tool.js';
import type { Exchange, Queue, Shovel, Topology } from './types.js';

export const VHOST: Property = { type: 'string', description: 'Virtual host.', default: '/' };

/** The queue that the arguments `queue` and `vhost` name. Throws a Refusal when there is none. */
export function findQueue({ queues }: Topology, input: Arguments): Queue {
  return find('queue', queues, input.text('queue'), input.text('vhost'));
}

export function findExchange({ exchanges }: Topology, input: Arguments): Exchange {
  return find('exchange', exchanges, input.text('exchange'), input.text('vhost'));
}

export function findShovel({ shovels }: Topology, input: Arguments): Shovel {
  return find('shovel', shovels, input.text('name'), input.text('vhost'));
}

function find<T extends { name: string; vhost: string }>(
  kind: string,
  all: readonly T[],
  name: string,
  vhost: string,
): T {
  const found = all.find((candidate) => candidate.name === name && candidate.vhost === vhost);
  if (found === undefined) throw new Refusal(`There is no ${kind} ${name} in the virtual host ${vhost}.`);
  return found;
}
