import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ECHO, FIRST_ID, INITIALIZE } from './request.mjs';
import { endGroup } from './watchdog.mjs';

const chunk = Buffer.allocUnsafe(1 << 18);
const GRACE = 1_500; // ms a process has to leave once its stdin has ended
let opened = 0;

/**
 * A process that speaks MCP on stdin and stdout, over named pipes that are read and written with blocking calls: a call
 * then costs the client a few microseconds, where streams would cost more than the wrapper that is measured.
 */
export class Connection {
  /**
   * `place`: { folder, env }, the temporary folder and the environment; `name`: whose connection it is. Spawned when
   * this returns.
   */
  constructor(command, { folder, env }, name) {
    this.name = name;
    const base = path.join(folder, `c${opened++}`);
    const [childInput, input] = namedPipe(`${base}.in`);
    const [output, childOutput] = namedPipe(`${base}.out`);
    const errors = openSync(`${base}.err`, 'w');
    this.errorFile = `${base}.err`;
    this.nextId = FIRST_ID;
    this.input = input;
    this.output = output;
    this.spawnedAt = performance.now();
    // A group of its own, so that the watchdog ends the wrapper and its server together.
    this.child = spawn(command[0], command.slice(1), {
      cwd: folder,
      env,
      detached: true,
      stdio: [childInput, childOutput, errors],
    });
    this.gone = once(this.child, 'exit').catch(() => undefined);
    for (const descriptor of [childInput, childOutput, errors]) closeSync(descriptor);
  }

  get pid() {
    return this.child.pid;
  }

  /** Sends initialize; returns the milliseconds from spawn to its answer. */
  initialize() {
    this.exchange(INITIALIZE);
    const milliseconds = performance.now() - this.spawnedAt;
    if (!this.lastText().includes('"protocolVersion"'))
      throw this.fault(`initialize was answered with ${this.lastText()}`);
    return milliseconds;
  }

  /** Writes one line and reads its answer; returns the answer's length in bytes. Nothing else may be in flight. */
  exchange(line) {
    this.write(line);
    let length = 0;
    for (;;) {
      this.lastRead = this.read();
      length += this.lastRead;
      if (chunk[this.lastRead - 1] === 10) return length;
    }
  }

  call(request) {
    return this.exchange(request.withId(this.nextId++));
  }

  /**
   * Keeps `inFlight` calls under way until `total` are answered or `milliseconds` are over. `times`: the microseconds
   * that each took, as answers come in the order of the calls.
   */
  pump(request, { total, inFlight, milliseconds }) {
    const sentAt = [];
    const times = [];
    const start = performance.now();
    let sent = 0;
    let answered = 0;
    let bytes = 0;
    for (let free = inFlight; ; ) {
      if (performance.now() - start > milliseconds) total = sent;
      for (; free > 0 && sent < total; free--, sent++) {
        sentAt.push(performance.now());
        this.write(request.withId(this.nextId++));
      }
      if (answered === sent) break;
      const length = this.read();
      bytes += length;
      const lines = countLines(length);
      const now = performance.now();
      for (let line = 0; line < lines; line++) times.push((now - sentAt[answered++]) * 1_000);
      free += lines;
    }
    return { answered, bytes, times, seconds: (performance.now() - start) / 1_000 };
  }

  /** The start of what was read last. */
  lastText() {
    return chunk.toString('utf8', 0, Math.min(this.lastRead, 2_000));
  }

  /** Throws unless the server has seen exactly the bytes that were written. */
  checkBytes() {
    this.exchange(Buffer.from(`${ECHO}\n`));
    const seen = JSON.parse(this.lastText()).result?.content?.[0]?.text;
    if (seen !== ECHO)
      throw this.fault(`the server did not see the bytes that were sent but: ${this.lastText()}`);
  }

  write(bytes) {
    try {
      for (let sent = 0; sent < bytes.length; )
        sent += writeSync(this.input, bytes, sent, bytes.length - sent);
    } catch (error) {
      throw error.code === 'EPIPE' ? this.ended() : error;
    }
  }

  read() {
    const length = readSync(this.output, chunk, 0, chunk.length, null);
    if (length === 0) throw this.ended();
    return length;
  }

  /** With one line of what the process wrote to stderr: the first that names an error, else the last. */
  ended() {
    const lines = readFileSync(this.errorFile, 'utf8').trim().split('\n');
    const complaint = lines.find((line) => /error/i.test(line)) ?? lines.at(-1);
    return this.fault(`it ended or hung; stderr: ${complaint.slice(0, 300) || 'nothing'}`);
  }

  /** An error that says whose connection it is about. */
  fault(what) {
    return Object.assign(new Error(this.name ? `${this.name}: ${what}` : what), { about: this.name });
  }

  /** Ends stdin, waits for the process to leave, and ends it by force when it does not within `grace` ms. */
  async close(grace = GRACE) {
    closeSync(this.input);
    const left = await Promise.race([this.gone.then(() => true), sleep(grace, false, { ref: false })]);
    if (!left && this.pid) endGroup(this.pid);
    await this.gone;
    closeSync(this.output);
    rmSync(this.errorFile, { force: true });
  }
}

/** [end to read, end to write] of a pipe whose ends are opened one by one, so that each can be blocking. */
function namedPipe(file) {
  const made = spawnSync('mkfifo', [file]);
  if (made.status !== 0) throw new Error(`mkfifo ${file} failed: ${made.error?.message ?? made.stderr}`);
  // Opening either end alone would wait for the other; a descriptor with both ends open keeps both from waiting.
  const both = openSync(file, constants.O_RDWR);
  const reading = openSync(file, constants.O_RDONLY);
  const writing = openSync(file, constants.O_WRONLY);
  closeSync(both);
  rmSync(file);
  return [reading, writing];
}

function countLines(length) {
  const bytes = chunk.subarray(0, length);
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
