import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Names in one folder that are looked at. More than that is no folder of configs. */
const MOST = 2_000;

/** The files that fit a path in which names are `*`, or have one. A path without is itself, whether it is there or not. */
export function filesAt(file: string): string[] {
  if (!file.includes('*')) return [file];
  const { root } = path.parse(file);
  const names = file.slice(root.length).split(/[\\/]/);
  return names.reduce<string[]>(
    (folders, name) =>
      folders.flatMap((folder) => namesIn(folder, name).map((each) => path.join(folder, each))),
    [root],
  );
}

function namesIn(folder: string, pattern: string): string[] {
  const [start, end] = pattern.split('*');
  if (start === undefined || end === undefined) return [pattern];
  try {
    const fits = (name: string) =>
      name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
    return readdirSync(folder).filter(fits).sort().slice(0, MOST);
  } catch {
    return [];
  }
}
