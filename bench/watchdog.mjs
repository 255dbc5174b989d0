import { isMainThread, parentPort, Worker } from 'node:worker_threads';

// The bench reads and writes with blocking calls, so no timer of its own can end a wrapper that hangs: another thread
// does. The reads then see the end of the stream, and the row reports it.
if (!isMainThread) {
  let timer;
  parentPort.on('message', ({ groups, milliseconds }) => {
    clearTimeout(timer);
    if (groups) timer = setTimeout(() => groups.forEach(endGroup), milliseconds);
  });
}

let thread;

/** Ends the process groups (each the child of ours that leads it) unless `unwatch` comes first. */
export function watch(groups, milliseconds) {
  if (!thread) {
    thread = new Worker(new URL(import.meta.url));
    thread.unref();
  }
  thread.postMessage({ groups, milliseconds });
}

export function unwatch() {
  thread?.postMessage({});
}

/** Kills a process group that may be gone already. */
export function endGroup(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
