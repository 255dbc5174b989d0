import type { House } from './house.js';

/**
 * What stands in each folder, from the top down: a row may import the rows below it. What shares a row does not know its
 * neighbours. Names are those of folders, or of files that are rooms of their own; every child of a folder is named.
 */
export const LAYERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  '': [
    ['main.ts'],
    ['start.ts', 'calls.ts'],
    ['cli'],
    ['index.ts', 'conditions.ts', 'yaml.ts', 'proxy'],
    ['telemetry'],
    ['audit', 'config', 'approvals', 'servers', 'clients', 'limits'],
    ['platform'],
    ['core'],
  ],
  core: [
    ['authoring', 'replies', 'audit', 'content'],
    ['shown'],
    ['policy'],
    ['tools', 'wire'],
    ['secrets', 'limits'],
    ['json'],
    ['text'],
    ['version.ts'],
  ],
  'core/policy': [['decide'], ['compile'], ['conditions', 'document']],
  'core/tools': [['listing', 'pinning'], ['classify'], ['*'], ['launch']],
  'core/tools/classify': [
    ['classify.ts'],
    ['*'],
    ['names', 'texts', 'parameters'],
    ['vocabulary', 'evidence.ts'],
  ],
  'core/authoring': [['import', 'lint', 'report'], ['draft']],
  'core/authoring/lint': [['lint.ts', 'lock-findings.ts'], ['rules'], ['expressions'], ['names'], ['*']],
  config: [
    ['live-policy.ts'],
    ['load.ts'],
    ['edit', 'settings', 'policy-file.ts'],
    ['known'],
    ['chain.ts'],
    ['yaml'],
    ['*'],
  ],
  approvals: [
    ['channels.ts'],
    ['open-on-demand.ts'],
    ['page'],
    ['inbox'],
    ['client', 'program', 'notify', 'editing'],
    ['queue'],
    ['http'],
  ],
  proxy: [
    ['relay.ts'],
    ['session.ts'],
    ['session-approvals.ts', 'prepare-for-calls.ts'],
    ['ready-for-calls.ts'],
    ['client'],
    ['server'],
    ['calls'],
    ['peers'],
    ['streams'],
  ],
  cli: [
    ['program.ts'],
    ['commands'],
    ['init'],
    ['install'],
    ['demo', 'doctor', 'inspect', 'policy'],
    ['approvals'],
    ['servers'],
    ['run'],
    ['terminal'],
  ],
};

/** The imports that run up or sideways, and the children of a folder that its table does not know. */
export function wrongArrows({ files, imports }: House, layers = LAYERS): string[] {
  const found = new Set<string>();
  for (const file of files.keys())
    for (const [folder, rows] of Object.entries(layers))
      if (within(file, folder) && rowOf(rows, childOf(file, folder)) < 0)
        found.add(`${childOf(file, folder)} has no row in '${folder}'`);
  for (const { from, to, isPackage } of imports)
    for (const [folder, rows] of Object.entries(layers)) {
      if (isPackage || !within(from, folder) || !within(to, folder)) continue;
      const [one, other] = [childOf(from, folder), childOf(to, folder)];
      const [above, below] = [rowOf(rows, one), rowOf(rows, other)];
      if (one !== other && above >= below && !(above === below && rows[above]?.includes('*')))
        found.add(`${from} → ${to}`);
    }
  return [...found].sort();
}

function within(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`);
}

function childOf(file: string, folder: string): string {
  return (folder === '' ? file : file.slice(folder.length + 1)).split('/')[0] ?? '';
}

/** The row of a child: where it is named, else the row of all other files. */
function rowOf(rows: readonly (readonly string[])[], child: string): number {
  const named = rows.findIndex((row) => row.includes(child));
  return named < 0 && child.endsWith('.ts') ? rows.findIndex((row) => row.includes('*')) : named;
}
