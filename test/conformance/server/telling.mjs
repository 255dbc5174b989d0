import { setTimeout as sleep } from 'node:timers/promises';
import { text } from './samples.mjs';

/** Tools that tell the client something while they run: log messages and progress. */
export function addTelling(server) {
  const pause = () => sleep(50); // what a client needs to see the messages one by one
  server.registerTool('test_tool_with_logging', { description: 'Logs what it does.' }, async ({ mcpReq }) => {
    await mcpReq.log('info', 'Tool execution started');
    await pause();
    await mcpReq.log('info', 'Tool processing data');
    await pause();
    await mcpReq.log('info', 'Tool execution completed');
    return text('Logged three messages');
  });
  server.registerTool('test_logging_tool', { description: 'Logs one message.' }, async ({ mcpReq }) => {
    await mcpReq.log('info', 'Only for who asked for a log');
    return text('Logged one message');
  });
  server.registerTool(
    'test_tool_with_progress',
    { description: 'Tells how far it is.' },
    async ({ mcpReq }) => {
      await tellProgress(mcpReq, [0, 50, 100], pause);
      return text('Told the progress');
    },
  );
  server.registerTool(
    'test_streaming_elicitation',
    { description: 'Tells how far it is, and asks nothing on the way.' },
    async ({ mcpReq }) => {
      await tellProgress(mcpReq, [1, 2], pause);
      return text('Done');
    },
  );
}

async function tellProgress({ _meta, notify }, steps, pause) {
  const progressToken = _meta?.progressToken;
  for (const progress of steps) {
    const params = { progressToken, progress, total: steps.at(-1) };
    if (progressToken !== undefined) await notify({ method: 'notifications/progress', params });
    await pause();
  }
}
