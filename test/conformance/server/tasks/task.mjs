import { randomUUID } from 'node:crypto';

/** A tool call that goes on after it was answered (extension io.modelcontextprotocol/tasks). */
export class Task {
  id = randomUUID();
  #status = 'working';
  #createdAt = new Date().toISOString();
  #lastUpdatedAt = this.#createdAt;
  /** `result` or `error`, once there is one. */
  #outcome = {};
  #withdrawal = new AbortController();
  /** What the client is still asked, by key, and what it has said. */
  #asked = new Map();
  #said = {};
  #answered = () => undefined;

  /** `job` is given this task, and returns the tool's result. */
  constructor(job) {
    job(this).then(
      (result) => this.#settle('completed', { result }),
      ({ message }) => this.#settle('failed', { error: { code: -32603, message } }),
    );
  }

  get signal() {
    return this.#withdrawal.signal;
  }

  /** What a client learns when the task begins. */
  get summary() {
    return {
      taskId: this.id,
      status: this.#status,
      createdAt: this.#createdAt,
      lastUpdatedAt: this.#lastUpdatedAt,
      ttlMs: 60_000,
      pollIntervalMs: 100,
    };
  }

  /** What a client learns later. */
  get details() {
    const waiting = this.#status === 'input_required' && { inputRequests: Object.fromEntries(this.#asked) };
    return { ...this.summary, ...this.#outcome, ...waiting };
  }

  /** Waits until the client has answered all of the requests. */
  ask(requests) {
    this.#asked = new Map(Object.entries(requests));
    this.#become('input_required');
    return new Promise((resolve) => {
      this.#answered = () => resolve(this.#said);
    });
  }

  answer(responses) {
    for (const [key, response] of Object.entries(responses))
      if (this.#asked.delete(key)) this.#said[key] = response;
    if (this.#status !== 'input_required' || this.#asked.size > 0) return;
    this.#become('working');
    this.#answered();
  }

  cancel() {
    this.#settle('cancelled', {});
    this.#withdrawal.abort();
  }

  #settle(status, outcome) {
    if (['completed', 'failed', 'cancelled'].includes(this.#status)) return;
    this.#outcome = outcome;
    this.#become(status);
  }

  #become(status) {
    this.#status = status;
    this.#lastUpdatedAt = new Date().toISOString();
  }
}
