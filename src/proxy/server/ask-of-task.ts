import { randomUUID } from 'node:crypto';
import { oneLineJson } from '../../core/json/value.js';
import type { PendingRequests } from '../calls/pending-requests.js';
import type { RunningTasks } from '../peers/running-tasks.js';
import type { LineWriter } from '../streams/line-writer.js';

/** Who is asked, and what for. */
interface AskOfTaskDeps {
  pending: PendingRequests;
  runningTasks: RunningTasks;
  toServer: LineWriter;
}

/**
 * Asks the server what became of a task, after it has answered `tasks/result` with an error: the answer is recognised by
 * `pending`, and goes no further.
 *
 * By such an error a task has failed, or anything else: it goes on and the server does not wait for its end (FastMCP), the
 * request had a flaw or was cancelled, a bridge was tired of waiting, or the server has forgotten the task after a time to
 * live that the client has chosen, while the work goes on. Clients can bring about most of these, so no error gives a place
 * back. A status does, and this request is ours, so that it has no flaw.
 */
export function askOfTask(taskId: string, { pending, runningTasks, toServer }: AskOfTaskDeps): void {
  if (!runningTasks.has(taskId)) return;
  const id = `pw:${randomUUID()}`;
  const method = 'tasks/get';
  pending.add(id, { idText: JSON.stringify(id), method, closed: 'ours' });
  toServer.writeLine(oneLineJson({ jsonrpc: '2.0', id, method, params: { taskId } }));
}
