// A server of version 1 of the TypeScript SDK. argv[2] is the file in which it writes down what it executes.
import { appendFileSync } from 'node:fs';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import * as z from 'zod';

const [, , record] = process.argv;
const server = new McpServer({ name: 'sdk-v1', version: '1.0.0' });

// Coerced, as is common: "500" becomes 500, and ["/etc"] becomes "/etc".
const inputSchema = {
  path: z.coerce.string().optional(),
  amount: z.coerce.number().optional(),
  text: z.string().optional(),
};

for (const tool of ['list', 'read_note', 'create_charge', 'delete_broker']) {
  server.registerTool(tool, { inputSchema }, (args) => {
    appendFileSync(record, `${JSON.stringify({ tool, arguments: args })}\n`);
    return { content: [{ type: 'text', text: 'done' }] };
  });
}

await server.connect(new StdioServerTransport());
