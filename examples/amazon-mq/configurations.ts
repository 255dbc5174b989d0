import { arnOf, nextNumber, OWNER_TAG, timestamp } from './account.js';
import type { Arguments } from './arguments.js';
import { readEngine } from './offers.js';
import { PAGING, page } from './paging.js';
import { Refusal } from './refusal.js';
import { CONFIGURATION_ID, optionalText, REGION, type ToolDefinition, text, tool } from './tool.js';
import type { Account, Configuration, Revision } from './types.js';

/** Broker configurations. A change never overwrites: it adds a revision. */
export const configurations: readonly ToolDefinition[] = [
  tool(
    'list_configurations',
    'Lists the configurations of a region.',
    { region: REGION, ...PAGING },
    (account, input) => {
      const inRegion = [...account.configurations.values()].filter(
        ({ region }) => region === input.text('region'),
      );
      return page('Configurations', inRegion.map(summaryOf), input);
    },
  ),
  tool(
    'describe_configuration',
    'Shows a configuration and how many revisions it has.',
    { region: REGION, ConfigurationId: CONFIGURATION_ID },
    (account, input) => summaryOf(chosen(account, input)),
  ),
  tool(
    'list_configuration_revisions',
    'Lists the revisions that a configuration has gone through.',
    { region: REGION, ConfigurationId: CONFIGURATION_ID, ...PAGING },
    (account, input) => {
      const { id, revisions } = chosen(account, input);
      const rows = revisions.map((revision, index) => revisionRow(revision, index + 1));
      return { ConfigurationId: id, ...page('Revisions', rows, input) };
    },
  ),
  tool(
    'describe_configuration_revision',
    'Shows one revision of a configuration with its text.',
    {
      region: REGION,
      ConfigurationRevision: text('Number of the revision.'),
      ConfigurationId: CONFIGURATION_ID,
    },
    (account, input) => {
      const { id, revisions } = chosen(account, input);
      const number = Number(input.text('ConfigurationRevision'));
      const revision = revisions[number - 1];
      if (revision === undefined) {
        throw new Refusal(`Configuration ${id} has no revision ${input.text('ConfigurationRevision')}.`);
      }
      return { ConfigurationId: id, ...revisionRow(revision, number), Data: revision.data };
    },
  ),
  tool(
    'create_configuration',
    'Creates a configuration and tags it as made here.',
    {
      region: REGION,
      authentication_strategy: text('SIMPLE, LDAP or CONFIG_MANAGED.'),
      engine_type: text('RABBITMQ or ACTIVEMQ.'),
      engine_version: text('Version of the engine that it is for.'),
      name: text('Name of the new configuration.'),
    },
    (account, input) => {
      const configuration = newConfiguration(account, input);
      account.configurations.set(configuration.id, configuration);
      return summaryOf(configuration);
    },
  ),
  tool(
    'update_configuration',
    'Changes a configuration by adding a revision.',
    {
      region: REGION,
      Data: text('The whole text of the new revision.'),
      ConfigurationId: CONFIGURATION_ID,
      Description: optionalText('What the revision is for.'),
    },
    (account, input) => {
      const configuration = chosen(account, input);
      const description = input.text('Description');
      configuration.revisions.push({ created: account.now(), description, data: input.text('Data') });
      return summaryOf(configuration);
    },
  ),
  tool(
    'delete_configuration',
    'Deletes a configuration that no broker uses.',
    { region: REGION, ConfigurationId: CONFIGURATION_ID },
    (account, input) => {
      const { id } = chosen(account, input);
      const user = [...account.brokers.values()].find((broker) => broker.configurationId === id);
      if (user !== undefined) throw new Refusal(`Configuration ${id} is in use by broker ${user.id}.`);
      account.configurations.delete(id);
      return { ConfigurationId: id };
    },
  ),
];

function chosen(account: Account, input: Arguments): Configuration {
  const id = input.text('ConfigurationId');
  const configuration = account.configurations.get(id);
  if (configuration === undefined || configuration.region !== input.text('region')) {
    throw new Refusal(`There is no configuration ${id} in ${input.text('region')}.`);
  }
  return configuration;
}

function newConfiguration(account: Account, input: Arguments): Configuration {
  const created = account.now();
  return {
    id: `c-${nextNumber(account)}`,
    name: input.text('name'),
    region: input.text('region'),
    engine: readEngine(input.text('engine_type')),
    engineVersion: input.text('engine_version'),
    authenticationStrategy: input.text('authentication_strategy'),
    created,
    revisions: [{ created, description: 'as created', data: '' }],
    tags: { [OWNER_TAG]: '2.0.26' },
  };
}

function summaryOf(configuration: Configuration): Record<string, unknown> {
  return {
    Arn: arnOf('configuration', configuration),
    Id: configuration.id,
    Name: configuration.name,
    AuthenticationStrategy: configuration.authenticationStrategy,
    Created: timestamp(configuration.created),
    EngineType: configuration.engine,
    EngineVersion: configuration.engineVersion,
    LatestRevision: configuration.revisions.length,
  };
}

function revisionRow(revision: Revision, number: number): Record<string, unknown> {
  return { Revision: number, Created: timestamp(revision.created), Description: revision.description };
}
