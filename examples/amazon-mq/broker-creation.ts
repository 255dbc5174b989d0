import { arnOf, keepBusy, nextNumber, OWNER_TAG } from './account.js';
import type { Arguments } from './arguments.js';
import { newestVersion, readEngine } from './offers.js';
import { Refusal } from './refusal.js';
import { nullable, optionalFlag, REGION, type ToolDefinition, text, tool } from './tool.js';
import { emptyTopology } from './topology.js';
import type { Account, Broker } from './types.js';

const DEPLOYMENT_MODES = ['SINGLE_INSTANCE', 'ACTIVE_STANDBY_MULTI_AZ', 'CLUSTER_MULTI_AZ'];

/** Making brokers. Upstream shows this tool only when started with --allow-resource-creation. */
export const brokerCreation: readonly ToolDefinition[] = [
  tool(
    'create_broker',
    'Creates a broker and tags it as made here. It is billed while it runs, and public unless told otherwise.',
    {
      region: REGION,
      broker_name: text('Name of the new broker, unique in the region.'),
      engine_type: text('RABBITMQ or ACTIVEMQ.'),
      deployment_mode: text(`${DEPLOYMENT_MODES.join(', ')}.`),
      username: text('Name of the first user.'),
      password: text('Password of the first user. The stand-in forgets it at once.'),
      engine_version: nullable('string', 'Engine version; the newest where none is given.'),
      publicly_accessible: optionalFlag('Whether it can be reached from the internet.', true),
      host_instance_type: { type: 'string', description: 'Size of the machines.', default: 'mq.m5.xlarge' },
      auto_minor_version_upgrade: optionalFlag('Whether minor versions are taken by themselves.', true),
    },
    (account, input) => {
      const broker = newBroker(account, input);
      account.brokers.set(broker.id, broker);
      keepBusy(account, broker, 'CREATION_IN_PROGRESS');
      return { BrokerId: broker.id, BrokerArn: arnOf('broker', broker) };
    },
  ),
];

function newBroker(account: Account, input: Arguments): Broker {
  const engine = readEngine(input.text('engine_type'));
  const deploymentMode = input.text('deployment_mode');
  if (!DEPLOYMENT_MODES.includes(deploymentMode)) {
    throw new Refusal(`deployment_mode must be one of ${DEPLOYMENT_MODES.join(', ')}.`);
  }
  const name = input.text('broker_name');
  const region = input.text('region');
  if ([...account.brokers.values()].some((broker) => broker.name === name && broker.region === region)) {
    throw new Refusal(`There is a broker named ${name} in ${region} already.`);
  }
  const clustered = deploymentMode === 'CLUSTER_MULTI_AZ';
  return {
    id: `b-${nextNumber(account)}`,
    name,
    region,
    engine,
    engineVersion: input.text('engine_version') || newestVersion(engine),
    deploymentMode,
    hostInstanceType: input.text('host_instance_type'),
    publiclyAccessible: input.flag('publicly_accessible'),
    autoMinorVersionUpgrade: input.flag('auto_minor_version_upgrade'),
    configurationId: undefined,
    created: account.now(),
    busy: undefined,
    pending: new Map(),
    settings: new Map(),
    replication: undefined,
    users: [{ name: input.text('username'), groups: [], consoleAccess: true }],
    tags: { [OWNER_TAG]: '2.0.26' },
    topology: engine === 'RABBITMQ' ? emptyTopology(nodeNames(clustered ? 3 : 1)) : undefined,
  };
}

function nodeNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `rabbit@node-${index + 1}`);
}
