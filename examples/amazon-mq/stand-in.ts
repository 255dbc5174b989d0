import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import { createAccount } from './account.js';
import { callTool, tools } from './tools.js';
import type { Account } from './types.js';

/**
 * Starts the stand-in for awslabs.amazon-mq-mcp-server on a transport, stdio unless another is given.
 * Nothing leaves the process: brokers, queues and keys are made up and forgotten at its end.
 */
export async function serve(
  transport: Transport = new StdioServerTransport(),
  account: Account = createAccount(),
): Promise<Server> {
  const server = new Server(
    { name: 'awslabs.amazon-mq-mcp-server', title: 'Amazon MQ (stand-in)', version: '0.0.0' },
    {
      capabilities: { tools: {} },
      instructions: 'A stand-in for Amazon MQ with made-up brokers in us-east-1.',
    },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ run: _run, ...listed }) => listed),
  }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
    const result = callTool(account, params.name, params.arguments ?? {});
    if (result === undefined) throw new McpError(ErrorCode.InvalidParams, `Unknown tool: ${params.name}`);
    return result;
  });
  await server.connect(transport);
  return server;
}
