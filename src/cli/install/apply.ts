import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backUp, type ReadFile, readConfigFile, writeConfigFile } from '../../clients/config-file.js';
import { ConfigError } from '../../clients/formats/config-text.js';
import { type FilePlan, planFile } from '../../clients/plan.js';
import type { EntryRecord, FileRecord } from '../../clients/record.js';
import { readFileRecord, writeFileRecord } from '../../clients/record-file.js';
import { visible } from '../../core/text/visible.js';
import { placePath } from '../../platform/display-path.js';
import { UserError } from '../../platform/user-error.js';
import { unusable } from './choice.js';
import type { PlannedFile, WrittenFile } from './planned.js';

/**
 * Writes the planned files, one after the other, and adds each to `done`. Returns why one of them could not be written:
 * those before it are, and those after it are not.
 */
export function applyPlans(
  planned: readonly PlannedFile[],
  folder: string,
  done: WrittenFile[],
): UserError | undefined {
  for (const each of planned) {
    try {
      done.push(writeOne(each, folder));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!(error instanceof ConfigError) && code === undefined) throw error;
      const reason = error instanceof ConfigError ? error : new ConfigError(`${message} (${code})`);
      const written = done.map(({ file }) => visible(placePath(file))).join(', ');
      const failure = unusable({ ...each.config, file: each.config.place.file, error: reason });
      const help = written === '' ? 'nothing was written' : `written before it: ${written}`;
      return new UserError(failure.message, `${help}; see that it may be changed, then do it again`);
    }
  }
  return undefined;
}

/** What is needed to undo it is on the disk before the file is changed. */
function writeOne({ config, plan, task, wanted }: PlannedFile, folder: string): WrittenFile {
  const fresh = readConfigFile(config.place.file);
  if (fresh === undefined) throw new ConfigError('it is gone');
  const latest = fresh.text === plan.text ? plan : planFile({ ...config, ...fresh }, task, wanted);
  if (summaryOf(latest) !== summaryOf(plan))
    throw new ConfigError('its servers were changed by someone else just now');
  const known = readFileRecord(folder, fresh.real);
  const exact = latest.servers.every(({ change }) => change.kind !== 'change' || change.exact);
  const backup = exact ? undefined : backUp(fresh, path.join(folder, 'backups'), new Date());
  const record: FileRecord = {
    file: fresh.real,
    backup: known?.backup ?? backup,
    entries: task.kind === 'install' ? merged(known?.entries ?? [], latest.records) : latest.records,
  };
  writeFileRecord(folder, { ...record, entries: merged(known?.entries ?? [], record.entries) });
  try {
    writeConfigFile(fresh, latest.after);
  } catch (error) {
    if (backup) rmSync(backup, { force: true });
    writeFileRecord(folder, known ?? { ...record, entries: [] });
    throw error;
  }
  if (task.kind === 'uninstall') writeFileRecord(folder, record);
  const gone = task.kind === 'uninstall' && removedBackup(known, record, { ...fresh, text: latest.after });
  const name = visible(placePath(config.place.file));
  return {
    file: config.place.file,
    backup,
    rewrittenBy: config.place.rewritten ? config.client.title : undefined,
    words: [
      `${name} is written${backup ? `; as it was before: ${visible(placePath(backup))}` : ''}`,
      ...(gone ? [`${name} is as it was before policy-wrap, so the copy of it is removed`] : []),
    ],
  };
}

/** How long a client that runs is given to write its own copy, and how often that is looked for. Milliseconds. */
const SETTLED = 1_500;
const LOOK = 250;

/**
 * Waits for clients that write what they have in memory over their config. Returns which one has done that: its change is
 * gone.
 */
export async function overwritten(
  planned: readonly PlannedFile[],
  done: readonly WrittenFile[],
): Promise<UserError | undefined> {
  const watched = planned.filter(({ config: { place } }) =>
    done.some(({ file, rewrittenBy }) => file === place.file && rewrittenBy !== undefined),
  );
  for (let waited = 0; watched.length > 0; waited += LOOK) {
    for (const each of watched)
      if (isLost(each)) {
        const { client, place } = each.config;
        return new UserError(
          `${client.title} has written its own copy of ${visible(placePath(place.file))}, and the change is gone`,
          `end ${client.title}, then do it again`,
        );
      }
    if (waited >= SETTLED) break;
    await sleep(LOOK);
  }
  return undefined;
}

/** Whether all would have to be changed once more. A file that is just being written says nothing yet. */
function isLost({ config, task, wanted, plan }: PlannedFile): boolean {
  try {
    const fresh = readConfigFile(config.place.file);
    if (fresh === undefined || fresh.text === plan.after) return false;
    return planFile({ ...config, ...fresh }, task, wanted).splices.length > 0;
  } catch {
    return false;
  }
}

/** What the person has seen and agreed to, wherever it is in the file. */
function summaryOf({ servers }: FilePlan): string {
  const seen = servers.map(({ name, within, change }) => ({
    name,
    within,
    ...(change.kind === 'change' ? { ...change, splices: change.splices.map(({ text }) => text) } : change),
  }));
  return JSON.stringify(seen);
}

function merged(known: readonly EntryRecord[], added: readonly EntryRecord[]): EntryRecord[] {
  const same = (one: EntryRecord, other: EntryRecord) =>
    JSON.stringify(one.keys) === JSON.stringify(other.keys);
  return [...known.filter((each) => !added.some((other) => same(each, other))), ...added];
}

/** A copy that says the same as the file itself is needed no longer; there are secrets in it. */
function removedBackup(known: FileRecord | undefined, record: FileRecord, now: ReadFile): boolean {
  if (known?.backup === undefined || record.entries.length > 0) return false;
  try {
    if (readFileSync(known.backup, 'utf8') !== now.mark + now.text) return false;
    rmSync(known.backup);
    return true;
  } catch {
    return false;
  }
}
