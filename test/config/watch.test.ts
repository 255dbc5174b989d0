import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileWatch, seenFile } from '../../src/config/watch.js';
import { folderWith } from './folder.js';

/** Longer than looks are apart. */
const LATER = 15;

const TEXT = 'version: 1\ndefault: deny\n';
const OTHER = 'version: 1\ndefault: hide\n';

function watching(...files: string[]): FileWatch {
  const watch = new FileWatch(() => {});
  onTestFinished(() => watch.close());
  watch.watch(files.map(seenFile));
  return watch;
}

/** What `changed` says after something was done, and once more after that. */
async function noticed(watch: FileWatch, done: () => void): Promise<[boolean, boolean]> {
  await wait(LATER);
  done();
  const first = watch.changed();
  await wait(LATER);
  return [first, watch.changed()];
}

const ONCE = [true, false];

describe('FileWatch', () => {
  it.each<[string, (folder: string, file: string) => void]>([
    ['edited', (_, file) => writeFileSync(file, OTHER)],
    ['edited to the same length', (_, file) => writeFileSync(file, TEXT.replace('deny', 'hide'))],
    [
      'edited to the same length and given its old time',
      (_, file) => {
        const { atime, mtime } = statSync(file);
        writeFileSync(file, OTHER);
        utimesSync(file, atime, mtime);
      },
    ],
    [
      'replaced by a rename',
      (folder, file) => {
        writeFileSync(path.join(folder, 'new'), TEXT);
        renameSync(path.join(folder, 'new'), file);
      },
    ],
    ['deleted', (_, file) => rmSync(file)],
    [
      'deleted and restored at once',
      (_, file) => {
        rmSync(file);
        writeFileSync(file, TEXT);
      },
    ],
    [
      'replaced by a folder',
      (_, file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])('notices once that a file was %s', async (_, change) => {
    const folder = folderWith({ 'policy.yaml': TEXT });
    const file = path.join(folder, 'policy.yaml');
    expect(await noticed(watching(file), () => change(folder, file))).toEqual(ONCE);
  });

  it('notices a deletion and the restoration after it', async () => {
    const file = path.join(folderWith({ 'policy.yaml': TEXT }), 'policy.yaml');
    const watch = watching(file);
    expect(await noticed(watch, () => rmSync(file))).toEqual(ONCE);
    expect(await noticed(watch, () => writeFileSync(file, TEXT))).toEqual(ONCE);
  });

  it.each<[string, (folder: string) => void]>([
    ['its target is edited', (folder) => writeFileSync(path.join(folder, 'one.yaml'), OTHER)],
    [
      'it is set to another target',
      (folder) => {
        symlinkSync('two.yaml', path.join(folder, 'new'));
        renameSync(path.join(folder, 'new'), path.join(folder, 'policy.yaml'));
      },
    ],
    ['its target is gone', (folder) => rmSync(path.join(folder, 'one.yaml'))],
  ])('notices for a link that %s', async (_, change) => {
    const folder = folderWith({ 'one.yaml': TEXT, 'two.yaml': TEXT });
    symlinkSync('one.yaml', path.join(folder, 'policy.yaml'));
    expect(await noticed(watching(path.join(folder, 'policy.yaml')), () => change(folder))).toEqual(ONCE);
  });

  it('notices for a file below a link to a folder that is set to another one', async () => {
    const folder = folderWith({ 'v1/policy.yaml': TEXT, 'v2/policy.yaml': TEXT });
    symlinkSync('v1', path.join(folder, 'current'));
    const change = () => {
      symlinkSync('v2', path.join(folder, 'new'));
      renameSync(path.join(folder, 'new'), path.join(folder, 'current'));
    };
    expect(await noticed(watching(path.join(folder, 'current/policy.yaml')), change)).toEqual(ONCE);
  });

  it('notices for any of several files', async () => {
    const folder = folderWith({ 'a.yaml': TEXT, 'b.yaml': TEXT });
    const watch = watching(path.join(folder, 'a.yaml'), path.join(folder, 'b.yaml'));
    expect(await noticed(watch, () => writeFileSync(path.join(folder, 'b.yaml'), OTHER))).toEqual(ONCE);
  });

  it('notices what happened between the look and the watching, as when a file is edited while it is read', async () => {
    const file = path.join(folderWith({ 'policy.yaml': TEXT }), 'policy.yaml');
    const seen = seenFile(file);
    await wait(LATER);
    writeFileSync(file, OTHER);
    const watch = watching();
    watch.watch([seen]);
    expect(watch.changed()).toBe(true);
  });

  it('says nothing when nothing has changed, or when a file was only read', async () => {
    const file = path.join(folderWith({ 'policy.yaml': TEXT }), 'policy.yaml');
    expect(await noticed(watching(file), () => statSync(file))).toEqual([false, false]);
  });

  it('watches nothing where there is nothing to watch', async () => {
    expect(await noticed(watching(), () => {})).toEqual([false, false]);
  });

  it('does not look again within the shortest interval', async () => {
    const file = path.join(folderWith({ 'policy.yaml': TEXT }), 'policy.yaml');
    const watch = watching(file);
    await wait(LATER);
    watch.changed();
    writeFileSync(file, OTHER);
    const start = performance.now();
    const answer = watch.changed();
    if (performance.now() - start < 5) expect(answer).toBe(false);
    await wait(LATER);
    expect(watch.changed()).toBe(true);
  });

  it('says so by itself while nothing is called, until it is closed', async () => {
    const file = path.join(folderWith({ 'policy.yaml': TEXT }), 'policy.yaml');
    let times = 0;
    const watch = new FileWatch(() => times++);
    watch.watch([seenFile(file)]);
    await wait(LATER);
    writeFileSync(file, OTHER);
    await expect.poll(() => times).toBe(1);
    watch.close();
    writeFileSync(file, TEXT);
    await wait(700);
    expect(times).toBe(1);
  });
});
