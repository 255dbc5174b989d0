// A server of version 2 of the TypeScript SDK, for both protocol eras: the first message says which. argv[2] is the
// file in which it writes down what it executes.
import { appendFileSync } from 'node:fs';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import * as z from 'zod';

const [, , record] = process.argv;

// Coerced, as is common: "500" becomes 500, and ["/etc"] becomes "/etc".
const inputSchema = z.object({
  path: z.coerce.string().optional(),
  amount: z.coerce.number().optional(),
  text: z.string().optional(),
});

function create() {
  const server = new McpServer({ name: 'sdk-v2', version: '1.0.0' });
  for (const tool of ['list', 'read_note', 'create_charge', 'delete_broker']) {
    server.registerTool(tool, { inputSchema }, (args) => {
      appendFileSync(record, `${JSON.stringify({ tool, arguments: args })}\n`);
      return { content: [{ type: 'text', text: 'done' }] };
    });
  }
  return server;
}

serveStdio(create);
