import { setTimeout as sleep } from 'node:timers/promises';
import { acceptedContent, inputRequired } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { text } from '../samples.mjs';

const NAME = z.object({ name: z.string() });
const CONFIRM = z.object({ confirm: z.boolean() });
const ask = (message, requestedSchema) => inputRequired.elicit({ message, requestedSchema });

/** What tools do as tasks, by name. */
export const JOBS = {
  slow_compute: async ({ signal }, { seconds, label }) => {
    await sleep(seconds * 1_000, undefined, { signal });
    return text(`${label}: ${seconds} s`);
  },
  failing_job: async () => {
    await sleep(500);
    return { ...text('The job has failed'), isError: true };
  },
  protocol_error_job: async () => {
    await sleep(100);
    throw new Error('The job broke the protocol');
  },
  confirm_delete: async (task, { filename }) => {
    const said = await task.ask({ sure: ask(`Delete ${filename}?`, CONFIRM) });
    return text(`${filename}: ${acceptedContent(said, 'sure', CONFIRM)?.confirm}`);
  },
  multi_input: async (task) => {
    const said = await task.ask({ first: ask('First name?', NAME), second: ask('Second name?', NAME) });
    return text(Object.keys(said).sort().join(', '));
  },
  test_tool_with_task: async (_task, _args, { name }) => {
    await sleep(100);
    return text(`Hello, ${name}!`);
  },
};

/** The name that test_tool_with_task has to know before it becomes a task. */
export function gatheredName(inputResponses) {
  return acceptedContent(inputResponses, 'user_name', NAME);
}

/** The same tools for clients without tasks, and one that never becomes a task. */
export function addTaskTools(server) {
  const tool = (name, description, shape, run) =>
    server.registerTool(name, { description, inputSchema: z.object(shape) }, run);
  tool('greet', 'Greets.', { name: z.string() }, ({ name }) => text(`Hello, ${name}!`));
  const computation = { seconds: z.number(), label: z.string() };
  tool('slow_compute', 'Takes its time.', computation, (args, { mcpReq }) => JOBS.slow_compute(mcpReq, args));
  tool('failing_job', 'Fails, as a task only.', {}, () => JOBS.failing_job());
  tool('protocol_error_job', 'Fails badly.', {}, () => JOBS.protocol_error_job());
  tool('confirm_delete', 'Asks, as a task only.', { filename: z.string() }, () => text('Nobody was asked'));
  tool('multi_input', 'Asks twice, as a task only.', {}, () => text('Nobody was asked'));
  tool('test_tool_with_task', 'Asks first, then becomes a task.', {}, () =>
    inputRequired({ inputRequests: { user_name: ask('What is your name?', NAME) } }),
  );
}
