import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { folderWith } from '../../config/folder.js';

const PROGRAM = path.resolve(import.meta.dirname, '../../fixtures/family.mjs');

/** Processes of which each has started the next, and whose ids are written down. What a test leaves of them is ended. */
export class Family {
  /** Has an id on each line. */
  readonly file = path.join(folderWith(), 'family');
  /** What follows the name of Node on the command line. */
  readonly args: string[];

  constructor(
    readonly generations: number,
    stubborn = false,
  ) {
    this.args = [PROGRAM, String(generations), this.file, ...(stubborn ? ['stubborn'] : [])];
    onTestFinished(() => {
      for (const pid of this.pids.filter(isAlive)) process.kill(pid, 'SIGKILL');
    });
  }

  /** The text of a program for Node that starts it and goes on. */
  get start(): string {
    const [command, args] = [process.execPath, this.args].map((value) => JSON.stringify(value));
    return `void import('node:child_process').then(({ spawn }) => spawn(${command}, ${args}, { stdio: 'ignore' }).unref());`;
  }

  get pids(): number[] {
    if (!existsSync(this.file)) return [];
    return readFileSync(this.file, 'utf8').trimEnd().split('\n').map(Number);
  }

  get alive(): number {
    return this.pids.filter(isAlive).length;
  }

  /** Resolves when all of it run. */
  async complete(): Promise<void> {
    while (this.alive < this.generations) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A process that has ended stays in the table until its parent has looked. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/status`;
    return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
  } catch {
    return false;
  }
}
