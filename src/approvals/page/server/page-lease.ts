import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPrivate } from '../../../platform/files/private-folder.js';
import { createWhole } from '../../../platform/files/whole-file.js';
import { machineId, PIPE } from '../../../platform/sockets/private-socket.js';
import {
  firstSocketFolder,
  folderContext,
  privateFolders,
} from '../../../platform/sockets/socket-folders.js';

/**
 * Who hosts the page, as a file says that is in the private folder. Leases are numbered, and the highest one holds. One
 * is taken by making the file of the next number, which only one process can do, and only after the highest was found
 * to be dead. The highest is never removed, so a number is never given twice.
 */
export interface PageLease {
  number: number;
  /** The control socket of the host. */
  address: string;
  file: string;
}

/** Nobody gets there by taking leases: a file with this number was written by somebody else. */
const LAST = 999_999_999;
/** Machines that share a home folder have a page each. A number that is longer was not made by us. */
const NAME = /^host-([0-9a-f]{6})-(\d{1,9})$/;
const LONGEST_ADDRESS = 300;
const SOCKET = /^page-[\w-]+\.sock$/;
/** Where there are no hard links, a file may take so long until it says something. Milliseconds. */
const FILLING = 1_000;
const PAUSE = 20;

/** The lease that counts now; undefined when nobody ever had one. */
export async function highestLease(state: string): Promise<PageLease | undefined> {
  const highest = (await leases(state)).at(-1);
  return highest && { ...highest, address: await addressWhenFilled(highest.file, state) };
}

/** Takes the lease after the given one; undefined when somebody else was faster. Throws where no file can be made. */
export async function takeLease(
  state: string,
  after: PageLease | undefined,
  address: string,
): Promise<PageLease | undefined> {
  if (after !== undefined && after.number >= LAST) {
    rmSync(after.file, { force: true });
    return undefined;
  }
  const folder = firstSocketFolder(state);
  const number = (after?.number ?? 0) + 1;
  const file = path.join(folder, `host-${machineId()}-${number}`);
  if (!createWhole(file, address)) return undefined;
  // Whoever looked before a later lease was taken has a number that was given already, and removed since.
  if ((await leases(state)).at(-1)?.file === file) return { number, address, file };
  rmSync(file, { force: true });
  return undefined;
}

/** Removes the leases that no longer apply. */
export async function removeOlderLeases(state: string, { number }: PageLease): Promise<void> {
  for (const lease of await leases(state)) if (lease.number < number) rmSync(lease.file, { force: true });
}

async function leases(state: string): Promise<Omit<PageLease, 'address'>[]> {
  const found: Omit<PageLease, 'address'>[] = [];
  for (const folder of privateFolders(folderContext(state))) {
    const stats = await lstat(folder).catch(() => undefined);
    if (stats === undefined || !isPrivate(stats)) continue;
    for (const name of await readdir(folder).catch(() => [])) {
      const [, machine, number] = NAME.exec(name) ?? [];
      if (machine !== machineId()) continue;
      found.push({ number: Number(number), file: path.join(folder, name) });
    }
  }
  return found.sort((one, other) => one.number - other.number);
}

/** Whoever has just made a file may be about to write to it. */
async function addressWhenFilled(file: string, state: string): Promise<string> {
  const folders = privateFolders(folderContext(state));
  const end = performance.now() + FILLING;
  for (;;) {
    const address = addressIn(file, folders);
    if (address !== '' || !isBeingFilled(file) || performance.now() > end) return address;
    await sleep(PAUSE);
  }
}

function isBeingFilled(file: string): boolean {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats?.size === 0 && Math.abs(Date.now() - stats.mtimeMs) < FILLING;
}

/**
 * An address at which a host can be; empty, where nobody is, for any other. A tool that can only write files must not lead
 * us to a socket of somebody else: what a host says of its keys is believed.
 */
function addressIn(file: string, folders: readonly string[]): string {
  try {
    const stats = lstatSync(file);
    if (!stats.isFile() || stats.size > LONGEST_ADDRESS) return '';
    const address = readFileSync(file, 'utf8');
    if (process.platform === 'win32') return PIPE.test(address) ? address : '';
    const folder = path.dirname(address);
    const isOurs = folders.includes(folder) && isPrivate(lstatSync(folder));
    return isOurs && SOCKET.test(path.basename(address)) && lstatSync(address).isSocket() ? address : '';
  } catch {
    return '';
  }
}
