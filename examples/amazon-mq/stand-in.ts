import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { createAccount } from './account.js';
import { callTool, tools } from './tools.js';
import type { Account } from './types.js';

interface Request {
  id?: string | number;
  method?: string;
  params?: { name?: string; arguments?: Record<string, unknown>; protocolVersion?: string };
}

/** The newest version of the protocol that it speaks; those before it have the same messages for what it does. */
const PROTOCOL = '2025-11-25';

/** Answers of the protocol that are no result. */
class ProtocolError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The stand-in for awslabs.amazon-mq-mcp-server on stdio, or on other streams: newline-delimited JSON-RPC, without the
 * MCP SDK, so that the demo's share of the package stays small. Returns when the input ends.
 * Nothing leaves the process: brokers, queues and keys are made up and forgotten at its end.
 */
export async function serve(
  input: Readable = process.stdin,
  output: Writable = process.stdout,
  account: Account = createAccount(),
): Promise<void> {
  for await (const line of createInterface({ input })) {
    const answer = answerTo(line, account);
    if (answer !== undefined) output.write(`${JSON.stringify({ jsonrpc: '2.0', ...answer })}\n`);
  }
}

/** Undefined where nothing is to be said: to notifications and answers. */
function answerTo(line: string, account: Account): Record<string, unknown> | undefined {
  const request = read(line);
  if (request === undefined) return { error: { code: -32700, message: 'Parse error' } };
  const { id } = request;
  if (id === undefined || request.method === undefined) return undefined;
  try {
    return { id, result: resultOf(request, account) };
  } catch (error) {
    const code = error instanceof ProtocolError ? error.code : -32603;
    return { id, error: { code, message: (error as Error).message } };
  }
}

function read(line: string): Request | undefined {
  try {
    return Object(JSON.parse(line)) as Request;
  } catch {
    return undefined;
  }
}

function resultOf({ method, params = {} }: Request, account: Account): unknown {
  switch (method) {
    case 'initialize':
      return {
        // A client of an older version is answered with its own.
        protocolVersion: [params.protocolVersion ?? PROTOCOL, PROTOCOL].sort()[0],
        capabilities: { tools: {} },
        serverInfo: {
          name: 'amazon-mq-stand-in',
          title: 'Amazon MQ (stand-in)',
          version: '0.0.0',
        },
        instructions: 'A stand-in for Amazon MQ with made-up brokers in us-east-1.',
      };
    case 'ping':
      return {};
    case 'tools/list':
      return { tools: tools.map(({ run: _run, ...listed }) => listed) };
    case 'tools/call': {
      const result = callTool(account, params.name ?? '', params.arguments ?? {});
      if (result === undefined) throw new ProtocolError(-32602, `Unknown tool: ${params.name}`);
      return result;
    }
    default:
      throw new ProtocolError(-32601, 'Method not found');
  }
}
