export type Engine = 'ACTIVEMQ' | 'RABBITMQ';

/** Everything that the stand-in knows; it is gone when the process ends. */
export interface Account {
  /** Milliseconds since the epoch. */
  now: () => number;
  brokers: Map<string, Broker>;
  configurations: Map<string, Configuration>;
  apiKeys: ApiKey[];
  /** The RabbitMQ broker that the rabbitmq_broker_ tools speak to. */
  connectedTo: string | undefined;
  made: number;
}

export interface Broker {
  id: string;
  name: string;
  region: string;
  engine: Engine;
  engineVersion: string;
  deploymentMode: string;
  hostInstanceType: string;
  publiclyAccessible: boolean;
  autoMinorVersionUpgrade: boolean;
  configurationId: string | undefined;
  /** Milliseconds since the epoch. */
  created: number;
  busy: { state: string; until: number } | undefined;
  /** Settings that wait for the next reboot, by their AWS name. */
  pending: Map<string, string | boolean>;
  settings: Map<string, string | boolean>;
  replication: 'PRIMARY' | 'REPLICA' | undefined;
  users: User[];
  tags: Record<string, string>;
  /** What lives inside a RabbitMQ broker. */
  topology: Topology | undefined;
}

export interface User {
  name: string;
  groups: string[];
  consoleAccess: boolean;
}

export interface Configuration {
  id: string;
  name: string;
  region: string;
  engine: Engine;
  engineVersion: string;
  authenticationStrategy: string;
  created: number;
  revisions: Revision[];
  tags: Record<string, string>;
}

export interface Revision {
  created: number;
  description: string;
  data: string;
}

export interface ApiKey {
  id: string;
  apiId: string;
  description: string;
  /** Unix time in seconds. */
  expires: number;
}

export interface Topology {
  vhosts: string[];
  queues: Queue[];
  exchanges: Exchange[];
  bindings: Binding[];
  shovels: Shovel[];
  connections: Connection[];
  nodes: ClusterNode[];
}

export interface Queue {
  name: string;
  vhost: string;
  type: 'classic' | 'quorum';
  durable: boolean;
  messages: number;
  /** The nodes that hold a copy. */
  members: string[];
}

export interface Exchange {
  name: string;
  vhost: string;
  type: 'direct' | 'fanout' | 'headers' | 'topic';
  durable: boolean;
}

export interface Binding {
  vhost: string;
  source: string;
  destination: string;
  routing_key: string;
}

export interface Shovel {
  name: string;
  vhost: string;
  state: 'running' | 'terminated';
  source: string;
  destination: string;
}

export interface Connection {
  name: string;
  user: string;
  vhost: string;
  /** The queues that it consumes. */
  consumes: string[];
}

export interface ClusterNode {
  name: string;
  running: boolean;
  /** Shares of what the node may use, 0 to 1; an alarm is raised at 1. */
  memory_used: number;
  disk_used: number;
}
