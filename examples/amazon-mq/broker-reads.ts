import { arnOf, findBroker, stateOf, timestamp } from './account.js';
import { PAGING, page } from './paging.js';
import { Refusal } from './refusal.js';
import { BROKER_ID, REGION, type ToolDefinition, text, tool } from './tool.js';
import type { Account, Broker } from './types.js';

/** Looking at brokers and their users. */
export const brokerReads: readonly ToolDefinition[] = [
  tool('list_brokers', 'Lists the brokers of a region.', { region: REGION, ...PAGING }, (account, input) => {
    const brokers = [...account.brokers.values()].filter(({ region }) => region === input.text('region'));
    return page(
      'BrokerSummaries',
      brokers.map((broker) => summaryOf(account, broker)),
      input,
    );
  }),
  tool(
    'describe_broker',
    'Shows one broker in detail.',
    { region: REGION, BrokerId: BROKER_ID },
    (account, input) => detailsOf(account, findBroker(account, input.text('region'), input.text('BrokerId'))),
  ),
  tool(
    'list_users',
    'Lists the user names that a broker knows.',
    { region: REGION, BrokerId: BROKER_ID, ...PAGING },
    (account, input) => {
      const broker = findBroker(account, input.text('region'), input.text('BrokerId'));
      return {
        BrokerId: broker.id,
        ...page(
          'Users',
          broker.users.map(({ name }) => ({ Username: name })),
          input,
        ),
      };
    },
  ),
  tool(
    'describe_user',
    'Shows one user of a broker.',
    { region: REGION, Username: text('Name of the user.'), BrokerId: BROKER_ID },
    (account, input) => {
      const broker = findBroker(account, input.text('region'), input.text('BrokerId'));
      const user = broker.users.find(({ name }) => name === input.text('Username'));
      if (user === undefined) throw new Refusal(`Broker ${broker.id} has no user ${input.text('Username')}.`);
      return {
        BrokerId: broker.id,
        Username: user.name,
        ConsoleAccess: user.consoleAccess,
        Groups: user.groups,
      };
    },
  ),
  tool(
    'list_tags',
    'Lists the tags of a broker or a configuration.',
    { region: REGION, ResourceArn: text('ARN of the broker or the configuration.') },
    (account, input) => {
      const arn = input.text('ResourceArn');
      const broker = [...account.brokers.values()].find((candidate) => arnOf('broker', candidate) === arn);
      const configuration = [...account.configurations.values()].find(
        (candidate) => arnOf('configuration', candidate) === arn,
      );
      const tagged = broker ?? configuration;
      if (tagged === undefined) throw new Refusal(`Nothing has the ARN ${arn}.`);
      return { Tags: tagged.tags };
    },
  ),
];

function summaryOf(account: Account, broker: Broker): Record<string, unknown> {
  return {
    BrokerArn: arnOf('broker', broker),
    BrokerId: broker.id,
    BrokerName: broker.name,
    BrokerState: stateOf(account, broker),
    Created: timestamp(broker.created),
    DeploymentMode: broker.deploymentMode,
    EngineType: broker.engine,
    HostInstanceType: broker.hostInstanceType,
  };
}

function detailsOf(account: Account, broker: Broker): Record<string, unknown> {
  return {
    ...summaryOf(account, broker),
    EngineVersion: broker.engineVersion,
    AutoMinorVersionUpgrade: broker.autoMinorVersionUpgrade,
    PubliclyAccessible: broker.publiclyAccessible,
    Configuration: broker.configurationId ?? null,
    DataReplicationRole: broker.replication ?? null,
    Settings: Object.fromEntries(broker.settings),
    Pending: Object.fromEntries(broker.pending),
    Users: broker.users.map(({ name }) => ({ Username: name })),
    Tags: broker.tags,
  };
}
