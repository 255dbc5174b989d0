import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from '../../e2e/place.js';
import { isAlive } from '../../platform/processes/family.js';
import { type Channel, heldCalls } from './channel.js';

/** A program that puts what it was asked into a folder, and answers with what it then finds there. */
const PROGRAM = (folder: string) => `
import { existsSync, readFileSync, writeFileSync, renameSync } from 'node:fs';
let text = '';
process.stdin.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => {
  const file = ${JSON.stringify(folder)} + '/' + process.pid;
  process.on('SIGTERM', () => { writeFileSync(file + '.gone', ''); process.exit(1); });
  writeFileSync(file + '.part', text);
  renameSync(file + '.part', file + '.asked');
  setInterval(() => {
    if (!existsSync(file + '.answer')) return;
    process.stdout.write(readFileSync(file + '.answer'));
    writeFileSync(file + '.gone', '');
    process.exit(0);
  }, 20);
});
`;

const folderOf = (place: Place) => path.join(place.folder, 'asked');

/** A program that the policy names. */
export const command: Channel = {
  name: 'command',
  givesReasons: true,
  holds: true,
  showsLong: true,
  showsRaw: true,
  approvals(place) {
    mkdirSync(folderOf(place), { recursive: true });
    const program = place.write('ask.mjs', PROGRAM(folderOf(place)));
    return `via: [command]\n  command: [${JSON.stringify(process.execPath)}, ${JSON.stringify(program)}]`;
  },
  break(place) {
    place.write('ask.mjs', 'process.exit(1);');
    return {};
  },
  async open(place, wrapped) {
    const folder = folderOf(place);
    let answers = 0;
    const files = (end: string) => readdirSync(folder).filter((name) => name.endsWith(end));
    const fileOf = (n: number) =>
      files('.asked').find((name) =>
        new RegExp(`"n":${n}[,}]`).test(readFileSync(path.join(folder, name), 'utf8')),
      );
    const asked = async (n: number) => {
      for (;;) {
        const name = fileOf(n);
        if (name !== undefined) return path.join(folder, name.replace(/\.asked$/, ''));
        await sleep(20);
      }
    };
    return {
      ...heldCalls(wrapped),
      asked: async (n) => void (await asked(n)),
      shown: async (n) => readFileSync(`${await asked(n)}.asked`, 'utf8').trim(),
      async answer(n, decision, reason) {
        const file = await asked(n);
        const first = !existsSync(`${file}.answer`);
        const part = `${file}.${answers++}`;
        writeFileSync(part, JSON.stringify({ decision, by: 'ada', reason }));
        renameSync(part, `${file}.answer`);
        return first;
      },
      // On a busy machine one may be killed before it has said that it goes.
      waiting: async () => {
        const gone = new Set(files('.gone').map((name) => name.replace(/\.gone$/, '')));
        const pids = files('.asked').map((name) => name.replace(/\.asked$/, ''));
        return pids.filter((pid) => !gone.has(pid) && isAlive(Number(pid))).length;
      },
    };
  },
};
