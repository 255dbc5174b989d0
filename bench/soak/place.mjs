import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cleanEnvironment } from '../variants.mjs';

/** A folder of its own for one wrapper: its working directory with the policy, the user's config and state, the server's record. */
export class Place {
  folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-soak-'));
  work = path.join(this.folder, 'work');
  policy = path.join(this.work, 'policy-wrap.yaml');
  record = path.join(this.folder, 'record');
  env = { ...cleanEnvironment(this.folder), NO_COLOR: '1' };

  constructor() {
    mkdirSync(this.work);
  }

  /** The texts of all audit logs. */
  auditTexts() {
    const files = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    return files
      .filter((file) => file.endsWith('.jsonl'))
      .map((file) => readFileSync(path.join(this.folder, file), 'utf8'));
  }

  /** The lines of the server's record. */
  recorded() {
    return jsonLines(readFileSync(this.record, 'utf8'));
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function jsonLines(text) {
  const lines = text.split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** The processes that were started for a folder: it stands in their command lines, which those that are dead have no more. */
export function processesOf(folder) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandOf(name).includes(folder))
    .map(Number);
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
