// A stdio server with everything the official conformance suite asks a server for, in both eras of the protocol.
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { addAskingTools } from './asking.mjs';
import { addChangingTools } from './changing.mjs';
import { addContentTools } from './content.mjs';
import { addPrompts } from './prompts.mjs';
import { addResources } from './resources.mjs';
import { addRoundTools, states } from './rounds.mjs';
import { addTaskTools } from './tasks/jobs.mjs';
import { EXTENSION, TaskTransport } from './tasks/transport.mjs';
import { addTelling } from './telling.mjs';

serveStdio(create, { transport: new TaskTransport() });

function create({ era }) {
  const server = new McpServer(
    { name: 'conformance-fixture', version: '1.0.0' },
    {
      capabilities: {
        ...(era === 'modern' && { extensions: { [EXTENSION]: {} } }),
        completions: {},
        logging: {},
        prompts: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        tools: { listChanged: true },
      },
      requestState: { verify: states.verify },
    },
  );
  addContentTools(server);
  addTelling(server);
  addAskingTools(server);
  addRoundTools(server);
  addChangingTools(server);
  if (era === 'modern') addTaskTools(server);
  addResources(server, era);
  addPrompts(server);
  return server;
}
