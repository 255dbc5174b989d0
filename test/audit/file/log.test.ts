import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AuditLog, type AuditLogOptions, openAuditLog } from '../../../src/audit/file/log.js';
import { onWindows, withoutLinux } from '../../skip.js';

const onPosix = it.skipIf(onWindows('files have no mode, and an open one cannot be moved'));
const root = mkdtempSync(join(tmpdir(), 'policy-wrap-audit-'));
let count = 0;
const opened: AuditLog[] = [];

/** A log in a place of its own, with the errors it has told. */
function open(options: Partial<AuditLogOptions> = {}) {
  const folder = join(root, `folder-${count++}`, 'audit');
  const errors: Error[] = [];
  const log = openAuditLog({ folder, server: 's', onBroken: (error) => errors.push(error), ...options });
  opened.push(log);
  return { log, folder, errors };
}

const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n');
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 40));

afterEach(() => {
  vi.useRealTimers();
  for (const log of opened.splice(0)) log.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('write', () => {
  it('gathers lines and writes them in order', async () => {
    const { log } = open();
    log.write('{"n":1}');
    log.write('{"n":2}');
    expect(() => statSync(log.path)).toThrow('ENOENT');
    await aMoment();
    expect(linesOf(log.path)).toEqual(['{"n":1}', '{"n":2}', '']);
  });

  it('makes a line when it is written, in its order, and goes on after one that cannot be made', async () => {
    const { log } = open();
    const made: number[] = [];
    const line = (n: number) => ({
      size: 10,
      line() {
        made.push(n);
        return `${n}`;
      },
    });
    for (let n = 0; n < 50; n++) log.write(line(n));
    log.write('text');
    expect(made).toEqual([]);
    await vi.waitFor(() => expect(linesOf(log.path)).toHaveLength(52));
    expect(linesOf(log.path)).toEqual([...Array.from({ length: 50 }, (_, n) => `${n}`), 'text', '']);
    log.write(line(50));
    log.write({
      size: 10,
      line: () => {
        throw new Error('odd');
      },
    });
    log.write(line(51));
    log.close();
    const [first, second, gap = ''] = linesOf(log.path).slice(51);
    expect([first, second]).toEqual(['50', '51']);
    expect(JSON.parse(gap)).toMatchObject({ kind: 'gap', lost: 1 });
  });

  it('keeps no more than a megabyte of what lines are made of', () => {
    const { log } = open();
    let kept = 0;
    const large = {
      size: 300_000,
      line() {
        kept--;
        return 'x';
      },
    };
    for (let n = 0; n < 100; n++) {
      kept++;
      log.write(large);
      expect(kept).toBeLessThan(4);
    }
  });

  it('writeNow writes at once, after what waits', () => {
    const { log } = open();
    log.write('1');
    expect(log.writeNow('2')).toBe(true);
    expect(linesOf(log.path)).toEqual(['1', '2', '']);
  });

  it('close writes what waits; a later line opens the file again', () => {
    const { log } = open();
    log.write('1');
    log.close();
    log.writeNow('2');
    expect(linesOf(log.path)).toEqual(['1', '2', '']);
  });

  onPosix('nobody else may read', () => {
    const { log, folder } = open();
    log.writeNow('1');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, '..')).mode & 0o777).toBe(0o700);
    expect(statSync(log.path).mode & 0o777).toBe(0o600);
  });

  it('goes on in a file that is there, and ends a line that somebody left unfinished', () => {
    const { log, folder } = open();
    mkdirSync(folder, { recursive: true });
    writeFileSync(log.path, 'whole\nhal');
    log.writeNow('1');
    appendFileSync(log.path, 'hal');
    log.write('2');
    log.writeNow('3');
    expect(linesOf(log.path)).toEqual(['whole', 'hal', '1', 'hal', '2', '3', '']);
  });

  onPosix('follows a file that is moved or removed', () => {
    const { log } = open();
    log.writeNow('1');
    renameSync(log.path, `${log.path}.old`);
    log.writeNow('2');
    expect(linesOf(log.path)).toEqual(['2', '']);
    rmSync(log.path);
    log.writeNow('3');
    expect(linesOf(log.path)).toEqual(['3', '']);
  });
});

describe('the file', () => {
  it.each<[string, string]>([
    ['npx:@scope/server', 'npx%3A%40scope%2Fserver-2026-11-23.jsonl'],
    ['../../etc', '..%2F..%2Fetc-2026-11-23.jsonl'],
    ['a*b\ud800', 'a%2Ab%EF%BF%BD-2026-11-23.jsonl'],
    ['é'.repeat(200), `${'%C3%A9'.repeat(25)}-2026-11-23.jsonl`],
  ])('of %s is %s', (server, name) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T10:00:00Z') });
    const { log, folder } = open({ server });
    expect(log.writeNow('1')).toBe(true);
    expect(readdirSync(folder)).toEqual([name]);
    expect(log.path).toBe(join(folder, name));
  });

  it('rolls over at midnight UTC', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-31T23:59:59.999Z') });
    const { log, folder } = open();
    log.writeNow('old');
    vi.setSystemTime(new Date('2027-01-01T00:00:00.000Z'));
    log.writeNow('new');
    expect(linesOf(join(folder, 's-2026-12-31.jsonl'))).toEqual(['old', '']);
    expect(linesOf(join(folder, 's-2027-01-01.jsonl'))).toEqual(['new', '']);
  });

  it('never rolls over when it was chosen', () => {
    const file = join(root, 'chosen', 'audit.jsonl');
    const { log } = open({ file });
    expect(log.writeNow('1')).toBe(true);
    expect(log.path).toBe(file);
    expect(linesOf(file)).toEqual(['1', '']);
  });
});

describe('an outage', () => {
  it('is told once, loses nothing that was waiting, and ends', async () => {
    const { log, folder, errors } = open();
    writeFileSync(join(folder, '..').replace(/[\\/]$/, ''), 'in the way');
    log.write('1');
    await aMoment();
    log.write('2');
    await aMoment();
    expect(log.writeNow('claims what did not happen')).toBe(false);
    expect(log.broken).toBe(true);
    expect(errors).toHaveLength(1);
    rmSync(join(folder, '..'));
    log.write('3');
    await aMoment();
    expect(log.broken).toBe(false);
    expect(linesOf(log.path)).toEqual(['1', '2', '3', '']);
    rmSync(join(folder, '..'), { recursive: true });
    writeFileSync(join(folder, '..'), 'in the way again');
    expect(log.writeNow('4')).toBe(false);
    expect(errors).toHaveLength(2);
  });

  it('holds no more than a megabyte, and the log says how much it lost', async () => {
    const { log, folder } = open();
    writeFileSync(join(folder, '..'), 'in the way');
    expect(log.writeNow('')).toBe(false);
    for (let line = 0; line < 3; line++) log.write('x'.repeat(400_000));
    log.write('y'.repeat(400_000));
    rmSync(join(folder, '..'));
    await aMoment();
    const lines = linesOf(log.path);
    expect(lines.map((line) => line.slice(0, 1))).toEqual(['x', 'x', '{', '']);
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({ server: 's', kind: 'gap', lost: 2 });
  });

  it.skipIf(withoutLinux('which has /dev/full'))('a full disk', async () => {
    const { log, errors } = open({ file: '/dev/full' });
    log.write('1');
    await aMoment();
    expect(log.writeNow('2')).toBe(false);
    expect(log.broken).toBe(true);
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('ENOSPC')]);
  });

  onPosix('a pipe that nobody reads does not hold anybody up', () => {
    const file = join(root, 'pipe');
    execFileSync('mkfifo', [file]);
    const { log } = open({ file });
    const line = 'x'.repeat(60_000);
    expect([log.writeNow(line), log.writeNow(line)]).toEqual([false, false]);
  });

  onPosix('a pipe has a line only while somebody reads it', () => {
    const file = join(root, 'read pipe');
    execFileSync('mkfifo', [file]);
    const { log, errors } = open({ file });
    expect(log.writeNow('1')).toBe(false);
    expect(errors).toMatchObject([{ code: 'ENXIO' }]);
    const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    expect(log.writeNow('2')).toBe(true);
    const read = Buffer.alloc(9);
    expect(read.toString('utf8', 0, readSync(reader, read))).toBe('2\n');
    closeSync(reader);
    expect(log.writeNow('3')).toBe(false);
    log.close();
  });
});

describe.skipIf(onWindows('nobody can run a process as somebody else'))('in processes of their own', () => {
  const program = join(root, 'program.mjs');
  beforeAll(() => {
    chmodSync(root, 0o755);
    buildSync({
      entryPoints: [join(import.meta.dirname, '../../fixtures/audit/program.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
  });

  it('writers to one file do not mix their lines', async () => {
    const file = join(root, 'shared.jsonl');
    const writers = ['a', 'b', 'c'].map(
      (name) =>
        new Promise((resolve) => {
          spawn(process.execPath, [program, 'many', file, name]).once('exit', resolve);
        }),
    );
    expect(await Promise.all(writers)).toEqual([0, 0, 0]);
    const numbers: { [name: string]: number[] } = { a: [], b: [], c: [] };
    for (const line of linesOf(file).filter(Boolean)) {
      const { name, number, filling } = JSON.parse(line);
      expect(filling).toBe(name.repeat(filling.length));
      numbers[name]?.push(number);
    }
    for (const written of Object.values(numbers))
      expect(written).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
  });

  it('a folder that may not be written to, until it may', () => {
    const folder = join(root, 'read-only');
    mkdirSync(folder, { mode: 0o555 });
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
    if (nobody) chownSync(folder, nobody.uid, nobody.gid);
    const told = execFileSync(process.execPath, [program, 'locked', folder], { encoding: 'utf8', ...nobody });
    expect(JSON.parse(told)).toEqual({ before: [false, true], after: [true, false], codes: ['EACCES'] });
    const [name] = readdirSync(folder);
    expect(linesOf(join(folder, String(name)))).toEqual(['waited', 'second', '']);
  });

  it('a disk that fills up within a line', () => {
    const file = join(root, 'small.jsonl');
    const limited = `trap '' XFSZ; ulimit -f 1; exec "$@"`;
    const told = execFileSync('bash', ['-c', limited, 'bash', process.execPath, program, 'torn', file], {
      encoding: 'utf8',
    });
    expect(JSON.parse(told)).toEqual({ broken: [true, false], codes: ['EFBIG'] });
    const numbers = (path: string) => linesOf(path).map((line) => line.slice(0, 2));
    expect(numbers(`${file}.full`)).toEqual(['0:', '1:', '2:', '3:']);
    expect(numbers(file)).toEqual(['3:', '4:', '5:', '']);
  });
});
