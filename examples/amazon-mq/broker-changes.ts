import { findOwnBroker, keepBusy } from './account.js';
import type { Arguments } from './arguments.js';
import { Refusal } from './refusal.js';
import { BROKER_ID, optionalFlag, optionalText, REGION, type ToolDefinition, text, tool } from './tool.js';
import type { Account, Broker } from './types.js';

/** What update_broker may change; all but the flag are texts. */
const SETTINGS = {
  AuthenticationStrategy: optionalText('SIMPLE, LDAP or CONFIG_MANAGED.'),
  AutoMinorVersionUpgrade: optionalFlag('Whether minor versions are taken by themselves.', false),
  Configuration: optionalText('Identifier of a configuration.'),
  EngineVersion: optionalText('Version to move to.'),
  HostInstanceType: optionalText('Size of the machines, such as mq.m5.large.'),
  LdapServerMetadata: optionalText('Where the LDAP server is, as JSON.'),
  Logs: optionalText('Which logs are kept, as JSON.'),
  MaintenanceWindowStartTime: optionalText('Day and time of maintenance, as JSON.'),
  SecurityGroups: optionalText('Security groups, separated by commas.'),
  DataReplicationMode: optionalText('NONE or CRDR.'),
};

/** Changing brokers that exist. Only those with the owner tag are touched. */
export const brokerChanges: readonly ToolDefinition[] = [
  tool(
    'update_broker',
    'Changes settings of a broker; they take effect with its next reboot.',
    { region: REGION, BrokerId: BROKER_ID, ...SETTINGS },
    (account, input) => {
      const broker = chosenBroker(account, input);
      const changed = Object.keys(SETTINGS).filter((key) => input.has(key));
      if (changed.length === 0) throw new Refusal('Nothing to change: give at least one setting.');
      const configuration = input.text('Configuration');
      if (configuration !== '' && !account.configurations.has(configuration)) {
        throw new Refusal(`There is no configuration ${configuration}.`);
      }
      for (const key of changed) {
        broker.pending.set(key, key === 'AutoMinorVersionUpgrade' ? input.flag(key) : input.text(key));
      }
      return { BrokerId: broker.id, Pending: Object.fromEntries(broker.pending) };
    },
  ),
  tool(
    'reboot_broker',
    'Reboots a broker. Connections drop until it is back; pending settings take effect.',
    { region: REGION, BrokerId: BROKER_ID },
    (account, input) => {
      const broker = chosenBroker(account, input);
      applyPending(broker);
      disconnect(account, broker);
      keepBusy(account, broker, 'REBOOT_IN_PROGRESS');
      return { BrokerId: broker.id, BrokerState: 'REBOOT_IN_PROGRESS' };
    },
  ),
  tool(
    'promote',
    'Makes a replica the primary broker.',
    { region: REGION, Mode: text('SWITCHOVER or FAILOVER.'), BrokerId: BROKER_ID },
    (account, input) => {
      const mode = input.text('Mode');
      if (mode !== 'SWITCHOVER' && mode !== 'FAILOVER')
        throw new Refusal('Mode must be SWITCHOVER or FAILOVER.');
      const broker = chosenBroker(account, input);
      if (broker.replication !== 'REPLICA') throw new Refusal(`Broker ${broker.id} is not a replica.`);
      broker.replication = 'PRIMARY';
      return { BrokerId: broker.id, DataReplicationRole: broker.replication };
    },
  ),
  tool(
    'delete_broker',
    'Deletes a broker with everything in it.',
    { region: REGION, BrokerId: BROKER_ID },
    (account, input) => {
      const broker = chosenBroker(account, input);
      account.brokers.delete(broker.id);
      disconnect(account, broker);
      return { BrokerId: broker.id };
    },
  ),
];

function chosenBroker(account: Account, input: Arguments): Broker {
  return findOwnBroker(account, input.text('region'), input.text('BrokerId'));
}

function applyPending(broker: Broker): void {
  for (const [key, value] of broker.pending) {
    if (key === 'AutoMinorVersionUpgrade') broker.autoMinorVersionUpgrade = value === true;
    else if (key === 'EngineVersion') broker.engineVersion = String(value);
    else if (key === 'HostInstanceType') broker.hostInstanceType = String(value);
    else if (key === 'Configuration') broker.configurationId = String(value);
    else broker.settings.set(key, value);
  }
  broker.pending.clear();
}

function disconnect(account: Account, { id }: Broker): void {
  if (account.connectedTo === id) account.connectedTo = undefined;
}
