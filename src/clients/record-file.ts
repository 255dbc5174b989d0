import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../platform/files/private-folder.js';
import { replaceWhole } from '../platform/files/whole-file.js';
import type { EntryRecord, FileRecord } from './record.js';

/** What is kept of a config file. Undefined where nothing is, or what is there cannot be used: then entries are taken apart by what they say. */
export function readFileRecord(folder: string, real: string): FileRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(fileOf(folder, real), 'utf8')) as FileRecord;
    return record.file === real && record.entries.every(isWhole) ? record : undefined;
  } catch {
    return undefined;
  }
}

function isWhole({ keys, digest, undo }: EntryRecord): boolean {
  return (
    Array.isArray(keys) &&
    typeof digest === 'string' &&
    undo.every(({ start, end, text }) => start >= 0 && end >= start && typeof text === 'string')
  );
}

/** Keeps what is needed to put a config file back, before it is changed. An empty record goes. */
export function writeFileRecord(folder: string, record: FileRecord): void {
  const file = fileOf(folder, record.file);
  if (record.entries.length === 0) return rmSync(file, { force: true });
  makeFolder(folder);
  replaceWhole(file, JSON.stringify(record), { mode: 0o600 });
}

/** The config files of which something is kept: those in which policy-wrap is still in front of a server. */
export function recordedFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    return names
      .flatMap((name) => fileIn(path.join(folder, name)) ?? [])
      .filter((file) => readFileRecord(folder, file) !== undefined);
  } catch {
    return [];
  }
}

function fileIn(record: string): string | undefined {
  try {
    const { file } = JSON.parse(readFileSync(record, 'utf8')) as Partial<FileRecord>;
    return typeof file === 'string' ? file : undefined;
  } catch {
    return undefined;
  }
}

function fileOf(folder: string, real: string): string {
  return path.join(folder, `${createHash('sha256').update(real).digest('hex').slice(0, 32)}.json`);
}
