import { execFileSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type Place, PROGRAM } from '../e2e/place.js';
import type { StartOptions } from '../e2e/program.js';
import { skip } from '../skip.js';

/** What this machine lets a test do. What it does not is said once. */
const isRoot = process.getuid?.() === 0;

/** A user whom file permissions bind: root is bound by none. */
const NOBODY = 65_534;

/** Whether no disk can be mounted that is full or read-only. */
export const CANNOT_MOUNT = skip(
  !(isRoot && process.platform === 'linux' && mounts()),
  'root and Linux are needed, to mount disks that are full or read-only',
);

/** The program as it is run by somebody whom file permissions bind, who owns the place. */
export function unprivileged(place: Place): StartOptions {
  if (!isRoot) return {};
  const root = path.dirname(path.dirname(PROGRAM));
  const copy = path.join(place.folder, 'program');
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  giveAway(place.folder);
  return { uid: NOBODY, program: path.join(copy, path.relative(root, PROGRAM)) };
}

/** Makes a file or folder the property of the user that `unprivileged` programs run as. */
export function giveAway(file: string): void {
  chownSync(file, NOBODY, NOBODY);
  for (const name of readdirSync(file, { recursive: true, encoding: 'utf8' }))
    chownSync(path.join(file, name), NOBODY, NOBODY);
}

/** A disk of its own for one test. */
export function disk(place: Place, size: string): string {
  const folder = path.join(place.folder, 'disk');
  mkdirSync(folder);
  mount(folder, size);
  onTestFinished(() => unmount(folder));
  return folder;
}

export function makeReadOnly(folder: string): void {
  execFileSync('mount', ['-o', 'remount,ro', folder]);
}

function mount(folder: string, size: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=777`, 'tmpfs', folder], { stdio: 'ignore' });
}

function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
}

function mounts(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-disk-'));
  try {
    mount(folder, '16k');
    unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
