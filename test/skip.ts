import { spawnSync } from 'node:child_process';

/**
 * Whether tests are skipped, for `it.skipIf` and `describe.skipIf`. Where they are, the reason is printed, so that
 * nobody takes a machine that lacks something for one on which everything passes.
 */
export function skip(isSkipped: boolean, why: string): boolean {
  if (isSkipped) console.log(`skipped: ${why}`);
  return isSkipped;
}

export const onWindows = (why: string): boolean => skip(process.platform === 'win32', `on Windows ${why}`);

export const withoutLinux = (why: string): boolean =>
  skip(process.platform !== 'linux', `Linux is needed, ${why}`);

/** Whether one file can be mounted over another here. */
const canMount = (): boolean =>
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['--mount', 'true'], { stdio: 'ignore' }).status === 0;

export const withoutMounts = (why: string): boolean => skip(!canMount(), `mounts are needed, ${why}`);

export const withoutRoot = (why: string): boolean => skip(process.getuid?.() !== 0, `root is needed, ${why}`);
