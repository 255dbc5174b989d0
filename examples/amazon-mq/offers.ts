import { PAGING, page } from './paging.js';
import { Refusal } from './refusal.js';
import { optionalText, REGION, type ToolDefinition, tool } from './tool.js';
import type { Engine } from './types.js';

const VERSIONS: Readonly<Record<Engine, readonly string[]>> = {
  ACTIVEMQ: ['5.19', '5.18'],
  RABBITMQ: ['4.2', '3.13'],
};
const INSTANCE_TYPES = ['mq.t3.micro', 'mq.m5.large', 'mq.m5.xlarge'];
const STORAGE_TYPES: Readonly<Record<Engine, readonly string[]>> = {
  ACTIVEMQ: ['EFS', 'EBS'],
  RABBITMQ: ['EBS'],
};
const ENGINES: readonly Engine[] = ['ACTIVEMQ', 'RABBITMQ'];

/** What brokers can be made of. */
export const offers: readonly ToolDefinition[] = [
  tool(
    'describe_broker_engine_types',
    'Shows the engines and versions on offer.',
    { region: REGION, EngineType: optionalText('Only this engine.'), ...PAGING },
    (_account, input) =>
      page(
        'BrokerEngineTypes',
        ENGINES.filter((engine) => fits(input.text('EngineType'), engine)).map((engine) => ({
          EngineType: engine,
          EngineVersions: VERSIONS[engine],
        })),
        input,
      ),
  ),
  tool(
    'describe_broker_instance_options',
    'Shows the machine sizes and storage types on offer.',
    {
      region: REGION,
      EngineType: optionalText('Only this engine.'),
      HostInstanceType: optionalText('Only this machine size.'),
      StorageType: optionalText('Only this storage type, EBS or EFS.'),
      ...PAGING,
    },
    (_account, input) => {
      const options = instanceOptions().filter(
        ({ EngineType, HostInstanceType, StorageType }) =>
          fits(input.text('EngineType'), EngineType) &&
          fits(input.text('HostInstanceType'), HostInstanceType) &&
          fits(input.text('StorageType'), StorageType),
      );
      return page('BrokerInstanceOptions', options, input);
    },
  ),
];

/** Throws a Refusal for anything that is no engine. */
export function readEngine(name: string): Engine {
  const engine = ENGINES.find((candidate) => candidate === name.toUpperCase());
  if (engine === undefined) throw new Refusal(`There is no engine ${name}: take ${ENGINES.join(' or ')}.`);
  return engine;
}

export function newestVersion(engine: Engine): string {
  return VERSIONS[engine][0] ?? '';
}

function instanceOptions(): { EngineType: string; HostInstanceType: string; StorageType: string }[] {
  return ENGINES.flatMap((engine) =>
    INSTANCE_TYPES.flatMap((instanceType) =>
      STORAGE_TYPES[engine].map((storage) => ({
        EngineType: engine,
        HostInstanceType: instanceType,
        StorageType: storage,
      })),
    ),
  );
}

/** An empty filter lets everything through. */
function fits(filter: string, value: string): boolean {
  return filter === '' || filter.toUpperCase() === value.toUpperCase();
}
