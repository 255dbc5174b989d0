import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { gatheredName, JOBS } from './jobs.mjs';
import { Task } from './task.mjs';

export const EXTENSION = 'io.modelcontextprotocol/tasks';
const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';
const VERSION = 'io.modelcontextprotocol/protocolVersion';

/** The SDK's stdio, with tasks, which the SDK does not have: it takes their messages out before the SDK sees them. */
export class TaskTransport {
  #wire = new StdioServerTransport();
  #tasks = new Map();

  start() {
    this.#wire.onclose = () => this.onclose?.();
    this.#wire.onerror = (error) => this.onerror?.(error);
    this.#wire.onmessage = (message, extra) => {
      const answer = this.#answer(message);
      if (answer) this.send({ jsonrpc: '2.0', id: message.id, ...answer });
      else this.onmessage?.(message, extra);
    };
    return this.#wire.start();
  }

  send(message) {
    return this.#wire.send(message);
  }

  close() {
    return this.#wire.close();
  }

  /** The answer to what is about tasks; undefined for everything else. */
  #answer({ method, params }) {
    const meta = params?._meta;
    if (meta?.[VERSION] === undefined) return undefined;
    const declared = meta[CAPABILITIES]?.extensions?.[EXTENSION] !== undefined;
    if (method === 'tools/call') return declared ? this.#begin(params) : refusedWithoutTasks(params.name);
    if (!['tasks/get', 'tasks/update', 'tasks/cancel'].includes(method)) return undefined;
    if (!declared) return MISSING;
    const task = this.#tasks.get(params.taskId);
    if (!task) return { error: { code: -32602, message: 'There is no such task' } };
    if (method === 'tasks/get') return { result: { resultType: 'complete', ...task.details } };
    if (method === 'tasks/update') task.answer(params.inputResponses);
    else task.cancel();
    return { result: { resultType: 'complete' } };
  }

  #begin({ name, arguments: args, inputResponses }) {
    const gathered = gatheredName(inputResponses);
    if (!Object.hasOwn(JOBS, name) || (name === 'test_tool_with_task' && !gathered)) return undefined;
    const task = new Task((self) => JOBS[name](self, args, gathered));
    this.#tasks.set(task.id, task);
    return { result: { resultType: 'task', ...task.summary } };
  }
}

const MISSING = {
  error: {
    code: -32021,
    message: 'The client has no tasks',
    data: { requiredCapabilities: { extensions: { [EXTENSION]: {} } } },
  },
};

function refusedWithoutTasks(name) {
  return name === 'failing_job' ? MISSING : undefined;
}
