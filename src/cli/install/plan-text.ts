import { diffOf, type Hunk, safeText } from '../../clients/diff.js';
import { readConfig, type ServerPlan, serversIn } from '../../clients/plan.js';
import { redact } from '../../core/secrets/redact.js';
import { visible } from '../../core/text/visible.js';
import { displayPath } from '../../platform/display-path.js';
import { bold, dim, paintLine } from '../terminal/paint.js';
import type { PlannedFile, WrittenFile } from './planned.js';

/** What becomes of each file, for people. */
export function planText(planned: readonly PlannedFile[]): string {
  return planned.map(fileText).join('');
}

function fileText(each: PlannedFile): string {
  const { config, plan } = each;
  const servers = plan.servers.map((server) => serverLines(server, each)).join('');
  const hunks =
    plan.splices.length > 0 ? diffOf(plan.text, plan.splices, serversIn(config, readConfig(config))) : [];
  return `${bold(config.client.title)}  ${placeOf(config)}\n${servers}${hunks.map(hunkText).join('')}\n`;
}

/** The file, and what is written where it is a link. */
function placeOf({ place, real, isLink }: PlannedFile['config']): string {
  const [named = '', leads] = [place.file, real].map((file) => visible(displayPath(file)));
  return isLink ? `${named} → ${leads}` : named;
}

function serverLines(server: ServerPlan, { task }: PlannedFile): string {
  const { name, within, disabled, change } = server;
  const where = within === undefined ? '' : dim(` (${visible(displayPath(within))})`);
  const off = disabled ? dim(' (disabled)') : '';
  const notes = change.kind === 'change' ? change.notes.map((note) => `      ${dim(note)}\n`).join('') : '';
  return `  ${visible(name)}${where}${off}: ${saidOf(server, task.kind)}\n${notes}`;
}

function saidOf({ change }: ServerPlan, task: 'install' | 'uninstall'): string {
  switch (change.kind) {
    case 'kept':
      return task === 'install' ? 'is wrapped already' : 'is not wrapped';
    case 'skipped':
      return `left as it is: ${visible(change.reason)}`;
    default:
      return task === 'install'
        ? `${commandText(change.words)}`
        : `${commandText(change.words)}${change.exact ? '' : dim(' (its original form is not recorded, so it is worked out from the entry itself)')}`;
  }
}

/** A command as it would be typed, without secrets. */
export function commandText(words: readonly string[]): string {
  return safeWords(words)
    .map((word) => visible(/^[\w@%+=:,./\\-]+$/.test(word) ? word : JSON.stringify(word)))
    .join(' ');
}

/** Words without secrets. */
export function safeWords(words: readonly string[]): string[] {
  return (redact([...words]) as string[]).map(safeText);
}

function hunkText({ line, lines }: Hunk): string {
  const body = lines
    .map(({ kind, text }) => `    ${paintLine(kind, `${kind} ${text}`.trimEnd())}\n`)
    .join('');
  return `    ${dim(`line ${line}`)}\n${body}`;
}

/** The same for programs. */
export function planJson(planned: readonly PlannedFile[], done: readonly WrittenFile[]): unknown {
  return {
    files: planned.map(({ config, plan }) => {
      const written = done.find(({ file }) => file === config.place.file);
      return {
        client: config.client.name,
        file: config.place.file,
        written: written !== undefined,
        ...(written?.backup === undefined ? {} : { backup: written.backup }),
        servers: plan.servers.map(serverJson),
      };
    }),
  };
}

function serverJson({ name, within, disabled, change }: ServerPlan): unknown {
  return {
    name,
    ...(within === undefined ? {} : { project: within }),
    ...(disabled ? { disabled } : {}),
    outcome: change.kind === 'change' ? 'changed' : change.kind,
    ...(change.kind === 'skipped' ? { reason: change.reason } : { command: safeWords(change.words) }),
    ...(change.kind === 'change' && change.notes.length > 0 ? { notes: change.notes } : {}),
  };
}
