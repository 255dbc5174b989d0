import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../../../core/policy/document/diagnostic.js';
import { expandPath } from '../../../platform/user-path.js';

/** What a check has found, with the name of the kind that it is of, which is the same in all versions. */
export interface Annotation extends Diagnostic {
  kind: string;
}

/** The same findings by kind; `found` may say more of its own. */
export function annotated(kind: string, diagnostics: readonly Diagnostic[]): Annotation[] {
  return diagnostics.map((each) => ({ ...each, kind }));
}

/** The file that a finding is about; a preset is none. */
export function fileOf({ place }: Annotation): string | undefined {
  if (place === undefined || (place.line === undefined && place.source.startsWith('preset ')))
    return undefined;
  return repositoryPath(place.source);
}

/**
 * A file as those that show annotations call it: from the root of the repository, with slashes. What is not in it keeps
 * its own path.
 * @param source as our messages call it
 */
export function repositoryPath(source: string, cwd = process.cwd()): string {
  const expanded = expandPath(source);
  const file = path.resolve(cwd, typeof expanded === 'string' ? expanded : source);
  const below = path.relative(repositoryRoot(cwd), file);
  const name = below.startsWith('..') || path.isAbsolute(below) ? file : below;
  return name.split(path.sep).join('/');
}

/** The working directory itself where nothing above it is a repository. */
function repositoryRoot(cwd: string): string {
  for (let folder = cwd, last = ''; folder !== last; last = folder, folder = path.dirname(folder))
    if (existsSync(path.join(folder, '.git'))) return folder;
  return cwd;
}
