import { seedTopology } from './topology.js';
import type { Broker, Configuration } from './types.js';

const REGION = 'us-east-1';
const DAY = 86_400_000;

/** Two brokers that this server has made, and one that somebody else has: it has no owner tag. */
export function seedBrokers(now: number): Map<string, Broker> {
  const orders: Broker = {
    ...common(now - 90 * DAY),
    id: 'b-orders',
    name: 'orders',
    engine: 'RABBITMQ',
    engineVersion: '3.13',
    deploymentMode: 'CLUSTER_MULTI_AZ',
    users: [{ name: 'orders-admin', groups: [], consoleAccess: true }],
    topology: seedTopology(),
  };
  const billing: Broker = {
    ...common(now - 40 * DAY),
    id: 'b-billing',
    name: 'billing',
    configurationId: 'c-billing',
    replication: 'REPLICA',
    users: [
      { name: 'billing-admin', groups: ['admins'], consoleAccess: true },
      { name: 'billing-worker', groups: ['workers'], consoleAccess: false },
    ],
  };
  const warehouse: Broker = { ...common(now - 800 * DAY), id: 'b-warehouse', name: 'warehouse', tags: {} };
  return new Map([orders, billing, warehouse].map((broker) => [broker.id, broker]));
}

export function seedConfigurations(now: number): Map<string, Configuration> {
  const billing: Configuration = {
    id: 'c-billing',
    name: 'billing',
    region: REGION,
    engine: 'ACTIVEMQ',
    engineVersion: '5.18',
    authenticationStrategy: 'SIMPLE',
    created: now - 41 * DAY,
    revisions: [
      {
        created: now - 41 * DAY,
        description: 'first version',
        data: '<broker schedulePeriodForDestinationPurge="10000"/>',
      },
    ],
    tags: {},
  };
  return new Map([[billing.id, billing]]);
}

function common(created: number): Omit<Broker, 'id' | 'name'> {
  return {
    region: REGION,
    engine: 'ACTIVEMQ',
    engineVersion: '5.18',
    deploymentMode: 'ACTIVE_STANDBY_MULTI_AZ',
    hostInstanceType: 'mq.m5.large',
    publiclyAccessible: false,
    autoMinorVersionUpgrade: true,
    configurationId: undefined,
    created,
    busy: undefined,
    pending: new Map(),
    settings: new Map(),
    replication: undefined,
    users: [],
    tags: { mcp_server_version: '2.0.26' },
    topology: undefined,
  };
}
