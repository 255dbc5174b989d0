import { findBroker, stateOf } from './account.js';
import { guidelineNames, guidelineOf } from './guidelines.js';
import { Refusal } from './refusal.js';
import { BROKER_ID, REGION, type ToolDefinition, text, tool } from './tool.js';
import type { Account, Broker, Topology } from './types.js';

/** Connecting to a RabbitMQ broker; the other rabbitmq_broker_ tools speak to the broker connected last. */
export const rabbitmqConnection: readonly ToolDefinition[] = [
  // The spelling "rabbimq" is that of the real server.
  tool(
    'rabbimq_broker_initialize_connection',
    'Opens the management connection to a RabbitMQ broker with a user name and a password.',
    {
      broker_id: BROKER_ID,
      region: REGION,
      username: text('Name of a broker user.'),
      password: text('Password of that user. The stand-in takes any.'),
    },
    (account, input) => {
      const broker = rabbitmqBroker(account, input.text('region'), input.text('broker_id'));
      const username = input.text('username');
      if (!broker.users.some(({ name }) => name === username)) {
        throw new Refusal(`Broker ${broker.id} does not know the user ${username}.`);
      }
      return connect(account, broker);
    },
  ),
  tool(
    'rabbimq_broker_initialize_connection_with_oauth',
    'Opens the management connection to a RabbitMQ broker with an OAuth token.',
    { broker_id: BROKER_ID, region: REGION, oauth_token: text('Access token. The stand-in takes any.') },
    (account, input) =>
      connect(account, rabbitmqBroker(account, input.text('region'), input.text('broker_id'))),
  ),
  tool(
    'rabbitmq_broker_get_guideline',
    'Returns a short text of good practice for RabbitMQ.',
    { guideline_name: text(`One of ${guidelineNames.join(', ')}.`) },
    (_account, input) => guidelineOf(input.text('guideline_name')),
  ),
];

/** What lives in the broker connected last. Throws a Refusal when none is. */
export function connectedTopology(account: Account): Topology {
  const topology = account.brokers.get(account.connectedTo ?? '')?.topology;
  if (topology === undefined) {
    throw new Refusal('Not connected: call rabbimq_broker_initialize_connection first.');
  }
  return topology;
}

function rabbitmqBroker(account: Account, region: string, id: string): Broker {
  const broker = findBroker(account, region, id);
  if (broker.topology === undefined) throw new Refusal(`Broker ${id} runs ${broker.engine}, not RABBITMQ.`);
  const state = stateOf(account, broker);
  if (state !== 'RUNNING') throw new Refusal(`Broker ${id} cannot be reached now: ${state}.`);
  return broker;
}

function connect(account: Account, broker: Broker): { connected: string } {
  account.connectedTo = broker.id;
  return { connected: broker.id };
}
