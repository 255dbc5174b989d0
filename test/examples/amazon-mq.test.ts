import { PassThrough } from 'node:stream';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccount } from '../../examples/amazon-mq/account.js';
import { serve } from '../../examples/amazon-mq/stand-in.js';

const region = 'us-east-1';
let clock: number;
let client: Client;

beforeEach(async () => {
  clock = Date.UTC(2026, 0, 1);
  const [input, output] = [new PassThrough(), new PassThrough()];
  void serve(
    input,
    output,
    createAccount(() => clock),
  );
  client = new Client({ name: 'test', version: '1.0.0' });
  // Lines on two streams are the same from either side.
  await client.connect(new StdioServerTransport(output, input));
});

afterEach(() => client.close());

/** The result of a call: its text, read as JSON where it is JSON. */
async function call(name: string, args: Record<string, unknown>) {
  const result = CallToolResultSchema.parse(await client.callTool({ name, arguments: args }));
  const [block] = result.content;
  const text = block?.type === 'text' ? block.text : '';
  return { text, refused: result.isError === true, json: () => JSON.parse(text) };
}

function connect() {
  return call('rabbimq_broker_initialize_connection', {
    broker_id: 'b-orders',
    region,
    username: 'orders-admin',
    password: 'any',
  });
}

describe('the list of tools', () => {
  it('holds the 39 tools of the real server and create_api_key', async () => {
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(new Set(names).size).toBe(40);
    expect(names.filter((name) => name.startsWith('rabbitmq_broker_'))).toHaveLength(18);
    expect(names).toEqual(
      expect.arrayContaining(['promote', 'create_api_key', 'rabbimq_broker_initialize_connection']),
    );
  });

  it('requires exactly the parameters without a default', async () => {
    const { tools } = await client.listTools();
    const required = tools.find(({ name }) => name === 'create_broker')?.inputSchema.required;
    expect(required).toEqual([
      'region',
      'broker_name',
      'engine_type',
      'deployment_mode',
      'username',
      'password',
    ]);
    expect(
      tools.find(({ name }) => name === 'rabbitmq_broker_list_queues')?.inputSchema.required,
    ).toBeUndefined();
  });
});

describe('the life of a broker', () => {
  const wanted = {
    region,
    broker_name: 'shipping',
    engine_type: 'RABBITMQ',
    deployment_mode: 'SINGLE_INSTANCE',
    username: 'shipping-admin',
    password: 'any',
  };

  it('is created, changed with a reboot, and deleted', async () => {
    const { BrokerId } = (await call('create_broker', wanted)).json();
    const describeBroker = async () => (await call('describe_broker', { region, BrokerId })).json();
    expect(await describeBroker()).toMatchObject({
      BrokerState: 'CREATION_IN_PROGRESS',
      PubliclyAccessible: true,
    });

    clock += 2_000;
    await call('update_broker', { region, BrokerId, HostInstanceType: 'mq.m5.large' });
    expect(await describeBroker()).toMatchObject({
      BrokerState: 'RUNNING',
      HostInstanceType: 'mq.m5.xlarge',
    });

    await call('reboot_broker', { region, BrokerId });
    expect(await describeBroker()).toMatchObject({
      BrokerState: 'REBOOT_IN_PROGRESS',
      HostInstanceType: 'mq.m5.large',
      Pending: {},
    });

    await call('delete_broker', { region, BrokerId });
    expect(await call('describe_broker', { region, BrokerId })).toMatchObject({ refused: true });
  });

  it('is listed in its region only, in pages', async () => {
    await call('create_broker', { ...wanted, region: 'eu-west-1' });
    const first = (await call('list_brokers', { region, MaxResults: 2 })).json();
    expect(first.BrokerSummaries).toHaveLength(2);
    const second = (await call('list_brokers', { region, MaxResults: 2, NextToken: first.NextToken })).json();
    expect(second.BrokerSummaries).toHaveLength(1);
    expect(second.NextToken).toBeUndefined();
  });
});

describe('what cannot be done', () => {
  it.each([
    ['an unknown broker', 'describe_broker', { region, BrokerId: 'b-none' }, 'no broker b-none'],
    [
      'a broker of another region',
      'reboot_broker',
      { region: 'eu-west-1', BrokerId: 'b-orders' },
      'no broker b-orders',
    ],
    [
      'a broker without the owner tag',
      'delete_broker',
      { region, BrokerId: 'b-warehouse' },
      'mcp_server_version',
    ],
    [
      'a primary that is promoted',
      'promote',
      { region, BrokerId: 'b-orders', Mode: 'FAILOVER' },
      'not a replica',
    ],
    [
      'a configuration in use',
      'delete_configuration',
      { region, ConfigurationId: 'c-billing' },
      'in use by broker b-billing',
    ],
    ['a missing argument', 'describe_broker', { region }, 'BrokerId is missing'],
    ['a wrong type', 'list_brokers', { region, MaxResults: 'ten' }, 'must be of type integer'],
    ['an argument that is not known', 'list_brokers', { region, Region: 'x' }, 'takes no argument Region'],
    ['queues before connecting', 'rabbitmq_broker_list_queues', {}, 'Not connected'],
    ['a key that has expired already', 'create_api_key', { api_id: 'a', expires: 1 }, 'past'],
  ])('%s is told in words', async (_case, name, args, words) => {
    const { refused, text } = await call(name, args);
    expect(refused).toBe(true);
    expect(text).toContain(words);
  });

  it('a tool that does not exist is a protocol error', async () => {
    await expect(client.callTool({ name: 'drop_everything' })).rejects.toThrow(
      'Unknown tool: drop_everything',
    );
  });
});

describe('keys', () => {
  it('are made, each once, and are plainly no keys', async () => {
    const make = async () =>
      (await call('create_api_key', { api_id: 'api-1', description: 'mobile app' })).json();
    const [first, second] = [await make(), await make()];
    expect(first.apiKey).toEqual({
      id: 'not-a-real-key-0001',
      description: 'mobile app',
      expires: clock / 1_000 + 7 * 86_400,
    });
    expect(second.apiKey.id).toBe('not-a-real-key-0002');
  });
});

describe('inside a broker', () => {
  it('purging empties a queue and deleting removes it with its bindings', async () => {
    await connect();
    expect((await call('rabbitmq_broker_purge_queue', { queue: 'orders.new' })).json().messages_removed).toBe(
      42,
    );
    await call('rabbitmq_broker_delete_queue', { queue: 'orders.new' });
    const definition = (await call('rabbitmq_broker_get_broker_definition', {})).json();
    expect(JSON.stringify(definition)).not.toContain('orders.new');
  });

  it('a reboot ends the connection', async () => {
    await connect();
    await call('reboot_broker', { region, BrokerId: 'b-orders' });
    expect((await call('rabbitmq_broker_list_queues', {})).text).toContain('Not connected');
    expect((await connect()).text).toContain('REBOOT_IN_PROGRESS');
  });
});
