import { lockFileFor, lockIn, readLockFile } from '../../config/lock-file.js';
import { classifyName } from '../../core/policy/decide/resolve.js';
import { type Classification, isWorse, RISKS } from '../../core/tools/category.js';
import { UserError } from '../../platform/user-error.js';

/** What a tool of a server does, as far as it can be known without asking the server. */
export type ClassesOf = (server: string, tool: string) => Classification;

/**
 * By the names of tools, and by the lock beside a policy file where that has seen worse in their definitions: so `explain` and `test` see
 * what a run sees.
 * @throws {UserError} when the lock cannot be used
 */
export async function lockedClasses(policyFile: string | undefined): Promise<ClassesOf> {
  const text = readLockFile(await lockFileFor(policyFile));
  const lock = text === undefined ? undefined : lockIn(text);
  return (server, tool) => {
    const byName = classifyName(tool);
    const category = lock?.get(server)?.get(tool)?.category;
    if (category === undefined || !isWorse(category, byName.category)) return byName;
    return {
      ...byName,
      category,
      risk: RISKS[category],
      known: true,
      evidence: ['policy-wrap.lock has seen its definition'],
    };
  };
}

/** The names of all tools in the lock beside a policy file; none where it cannot be used. */
export async function lockedTools(policyFile: string | undefined): Promise<string[]> {
  try {
    const text = readLockFile(await lockFileFor(policyFile));
    return text === undefined ? [] : [...lockIn(text).values()].flatMap((tools) => [...tools.keys()]);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
