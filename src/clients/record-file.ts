import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
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

function fileOf(folder: string, real: string): string {
  return path.join(folder, `${createHash('sha256').update(real).digest('hex').slice(0, 32)}.json`);
}
