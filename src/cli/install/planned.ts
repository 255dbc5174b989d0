import type { FoundConfig } from '../../clients/find-configs.js';
import type { FilePlan, Task } from '../../clients/plan.js';

/** A file of a client, what becomes of it, and how that is planned. */
export interface PlannedFile {
  config: FoundConfig;
  plan: FilePlan;
  task: Task;
  wanted(name: string): boolean;
}

/** A file that was written. */
export interface WrittenFile {
  file: string;
  backup: string | undefined;
  words: string[];
  /** The client that keeps the file in memory, and may write that over it. */
  rewrittenBy: string | undefined;
}
