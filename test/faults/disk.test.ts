import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixture, Place } from '../e2e/place.js';
import type { StartOptions } from '../e2e/program.js';
import { onWindows, withoutLinux } from '../skip.js';
import { aftermath, Watched } from './aftermath.js';
import { CANNOT_MOUNT, disk, makeReadOnly, unprivileged } from './machine.js';

interface Broken {
  /** Where the log should be. */
  file: string;
  /** Makes it possible. */
  mend?: () => void;
  start?: StartOptions;
}

const WAYS: [string, isSkipped: boolean, (place: Place) => Broken][] = [
  [
    'the disk is full',
    CANNOT_MOUNT,
    (place) => {
      const folder = disk(place, '16k');
      const filling = path.join(folder, 'filling');
      writeFileSync(filling, Buffer.alloc(16 * 1024));
      return { file: path.join(folder, 'log.jsonl'), mend: () => rmSync(filling) };
    },
  ],
  [
    'every write says that the disk is full',
    withoutLinux('which has /dev/full'),
    () => ({ file: '/dev/full' }),
  ],
  [
    'the disk is read-only',
    CANNOT_MOUNT,
    (place) => {
      const folder = disk(place, '16k');
      makeReadOnly(folder);
      return { file: path.join(folder, 'log.jsonl') };
    },
  ],
  [
    'its folder may not be written to',
    onWindows('folders have no mode'),
    (place) => {
      const folder = path.join(place.folder, 'closed');
      mkdirSync(folder);
      chmodSync(folder, 0o555);
      const start = unprivileged(place);
      return { file: path.join(folder, 'log.jsonl'), mend: () => chmodSync(folder, 0o755), start };
    },
  ],
  [
    'its folder cannot be made',
    false,
    (place) => {
      const file = path.join(place.folder, 'file');
      writeFileSync(file, '');
      return { file: path.join(file, 'folder/log.jsonl'), mend: () => rmSync(file) };
    },
  ],
];

function start(way: (place: Place) => Broken, settings: string): { watched: Watched; broken: Broken } {
  const place = new Place();
  const server = place.write('server.mjs', readFileSync(fixture('recorder.mjs'), 'utf8'));
  const broken = way(place);
  const policy = place.write(
    'named.yaml',
    `version: 1\ndefault: allow\naudit: { file: ${JSON.stringify(broken.file)}, ${settings} }\n`,
  );
  const command = ['--config', policy, '--', process.execPath, server, place.record];
  return { watched: new Watched(place, command, broken.start ?? {}), broken };
}

const complaints = ({ stderr }: Watched) => stderr.match(/the audit log cannot be written/g)?.length ?? 0;

for (const [name, isSkipped, way] of WAYS) {
  describe.skipIf(isSkipped)(`a log that cannot be written, since ${name}`, () => {
    it('holds no call up when it is not required, and that is told once', async () => {
      const { watched } = start(way, 'required: false');
      for (let id = 0; id < 20; id++)
        expect(await watched.call(id, 'read_note', { id })).not.toHaveProperty('result.isError');
      await watched.told('the audit log cannot be written, so calls are not written down');
      watched.process.stdin.end();
      await aftermath(watched, { exitCode: 0 });
      expect(complaints(watched)).toBe(1);
    });

    it('refuses every call when it is required, until it can be written', async () => {
      const { watched, broken } = start(way, 'required: true');
      for (let id = 0; id < 20; id++)
        expect(JSON.stringify(await watched.call(id, 'read_note'))).toContain(
          'The audit log cannot be written, and the policy requires it.',
        );
      expect(await watched.request('ping', 'ping')).toHaveProperty('result');
      expect(watched.place.recorded()).not.toContain('read_note');
      if (broken.mend) {
        broken.mend();
        expect(await watched.call('mended', 'read_note')).not.toHaveProperty('result.isError');
        expect(readFileSync(broken.file, 'utf8')).toContain('"outcome":"forwarded"');
      }
      watched.process.stdin.end();
      await aftermath(watched, { exitCode: 0 });
      expect(complaints(watched)).toBe(1);
    });
  });
}

describe.skipIf(CANNOT_MOUNT)('a disk that fills up while calls are written down', () => {
  const linesIn = (file: string) => readFileSync(file, 'utf8').split('\n').filter(Boolean);

  it('loses no call that was made meanwhile, once there is room again', async () => {
    let file = '';
    let filling = '';
    const { watched } = start((place) => {
      const folder = disk(place, '64k');
      file = path.join(folder, 'log.jsonl');
      filling = path.join(folder, 'filling');
      writeFileSync(filling, Buffer.alloc(44 * 1024));
      return { file };
    }, 'arguments: full');
    const text = 'x'.repeat(1_000);
    for (let id = 0; id < 30; id++) await watched.call(id, 'read_note', { id, text });
    await watched.told('the audit log cannot be written');
    rmSync(filling);
    await watched.call(30, 'read_note', { id: 30, text });
    watched.process.stdin.end();
    await aftermath(watched, { exitCode: 0 });
    expect(complaints(watched)).toBe(1);
    const whole = linesIn(file).flatMap((line) => {
      try {
        return [JSON.parse(line) as { arguments: { id: number } }];
      } catch {
        return [];
      }
    });
    expect(whole.map((line) => line.arguments.id)).toEqual(Array.from({ length: 31 }, (_, id) => id));
    expect(linesIn(file).length - whole.length, 'lines that were cut off').toBeLessThanOrEqual(1);
  });
});
