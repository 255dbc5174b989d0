import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { type Place, PROGRAM } from '../../e2e/place.js';
import { breakFolders, type Channel, heldCalls } from './channel.js';

interface Listed {
  waiting: { id: string; name: string; argumentsText: string }[];
}

/** `policy-wrap` in a shell of the same user. */
function shell(place: Place, ...args: string[]) {
  return execa(process.execPath, [PROGRAM, ...args], {
    cwd: place.work,
    env: place.env,
    extendEnv: false,
    reject: false,
  });
}

const isAbout = (n: number, text: string) => new RegExp(`"n":${n}[,}]`).test(text);

/** The commands `approvals`, `approve` and `deny`. */
export const terminal: Channel = {
  name: 'terminal',
  givesReasons: true,
  holds: true,
  showsLong: true,
  approvals: () => 'via: [terminal]',
  break: breakFolders,
  async open(place, wrapped) {
    const ids = new Map<number, string>();
    const list = async () =>
      JSON.parse((await shell(place, 'approvals', '--json')).stdout || '{"waiting":[]}') as Listed;
    const idOf = async (n: number) => {
      for (;;) {
        const known = ids.get(n);
        if (known !== undefined) return known;
        for (const { id, argumentsText } of (await list()).waiting) {
          const other = Number(/"n":(\d+)/.exec(argumentsText)?.[1]);
          if (isAbout(other, argumentsText)) ids.set(other, id);
        }
        await sleep(20);
      }
    };
    return {
      ...heldCalls(wrapped),
      asked: async (n) => void (await idOf(n)),
      async shown(n) {
        const id = await idOf(n);
        const listed = (await shell(place, 'approvals')).stdout;
        if (!listed.includes(`approvals show ${id}`)) return listed;
        return `${listed}\n${(await shell(place, 'approvals', 'show', id)).stdout}`;
      },
      async answer(n, decision, reason) {
        const words = decision === 'deny' && reason !== undefined ? ['--reason', reason] : [];
        return (await shell(place, decision, await idOf(n), ...words)).exitCode === 0;
      },
      waiting: async () => (await list()).waiting.length,
    };
  },
};
