import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LineReader } from './lines.mjs';

const SERVER = path.join(import.meta.dirname, 'server.mjs');

/** A wrapper with the soak's server behind it, as its client sees it. */
export class Peer {
  #reader = new LineReader();
  #waiting = [];

  /**
   * @param server flags of the server (server.mjs)
   * @param onLine called with each line of stdout
   * @param onNote called with each line of stderr
   */
  constructor({ wrap, place, server = [], onLine, onNote = () => {} }) {
    const command = [process.execPath, SERVER, place.record, ...server];
    const args = [...(process.env.SOAK_NODE_OPTIONS?.split(' ') ?? []), wrap, '--server', 'soak'];
    this.process = spawn(process.execPath, [...args, '--', ...command], { cwd: place.work, env: place.env });
    const { stdin, stdout, stderr } = this.process;
    const notes = new LineReader();
    stdin.on('error', () => {});
    for (const event of ['drain', 'close'])
      stdin.on(event, () => {
        for (const resolve of this.#waiting.splice(0)) resolve();
      });
    stdout.on('error', () => {});
    stdout.on('data', (chunk) => {
      for (const line of this.#reader.push(chunk)) onLine(line);
    });
    stderr.on('data', (chunk) => {
      for (const line of notes.push(chunk)) onNote(line.toString('utf8'));
    });
    const read = once(stdout, 'close');
    /** Resolves with { code, signal } when the wrapper has ended and its last output was read. */
    this.exited = once(this.process, 'exit').then(async ([code, signal]) => {
      await Promise.race([read, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
      return { code, signal };
    });
  }

  /** Bytes on stdout behind the last line end. */
  get rest() {
    return this.#reader.rest;
  }

  write(line) {
    this.process.stdin.write(line);
    this.process.stdin.write('\n');
  }

  /** What is written meanwhile leaves in one piece. */
  together(write) {
    this.process.stdin.cork();
    write();
    this.process.stdin.uncork();
  }

  /** Resolves when the wrapper takes more lines. */
  async ready() {
    const { stdin } = this.process;
    if (!stdin.writableNeedDrain || stdin.destroyed) return;
    await new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** The client does not read for a while. */
  stopReading(milliseconds) {
    this.process.stdout.pause();
    setTimeout(() => this.process.stdout.resume(), milliseconds);
  }

  /** Memory in use, in bytes, and the number of open files; undefined when it has ended. */
  usage() {
    try {
      const { pid } = this.process;
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const rss = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
      return { rss, files: readdirSync(`/proc/${pid}/fd`).length };
    } catch {
      return undefined;
    }
  }
}

/** Processor time that a process has used, in seconds. */
export function processorTime(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}
