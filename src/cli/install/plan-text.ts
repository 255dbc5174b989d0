import { diffOf, type Hunk } from '../../clients/diff.js';
import type { GivenUp } from '../../clients/entries/given-up.js';
import type { FoundConfig } from '../../clients/find-configs.js';
import type { UnreadConfig } from '../../clients/find-unread.js';
import { readerFlaws } from '../../clients/formats/reader-flaws.js';
import { readConfig, type ServerPlan, serversIn } from '../../clients/plan.js';
import { visible } from '../../core/text/visible.js';
import { placePath } from '../../platform/display-path.js';
import { commandText, safeWords } from '../servers/command-text.js';
import { folded } from '../terminal/folded.js';
import { bold, dim, paintLine, yellow } from '../terminal/paint.js';
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
  const notes = fileNotes(config).map((note) => `${folded(note, 2, dim)}\n`);
  return `${bold(config.client.title)}  ${placeOf(config)}\n${notes.join('')}${servers}${hunks.map(hunkText).join('')}\n`;
}

/** The file, and what is written where it is a link. */
function placeOf({ place, real, isLink }: PlannedFile['config']): string {
  const [named = '', leads] = [place.file, real].map((file) => visible(placePath(file)));
  return isLink ? `${named} → ${leads}` : named;
}

function serverLines(server: ServerPlan, { task }: PlannedFile): string {
  const { name, within, disabled, change } = server;
  const where = within === undefined ? '' : dim(` (${visible(placePath(within))})`);
  const off = disabled ? dim(' (disabled)') : '';
  const notes =
    change.kind === 'change' ? change.notes.map((note) => `${folded(note, 6, dim)}\n`).join('') : '';
  const lost = task.kind === 'install' ? givenUpText(server.givenUp) : undefined;
  const said = folded(saidOf(server, task.kind), 6).trimStart();
  const head = `  ${visible(name)}${where}${off}:`;
  return `${head}${said.includes('\n') ? '\n      ' : ' '}${said}\n${notes}${lost === undefined ? '' : `${folded(lost, 6, yellow)}\n`}`;
}

/** What a wrapped entry gives up by the way in which policy-wrap is started there. */
export function givenUpText(given: readonly GivenUp[]): string | undefined {
  if (given.length === 0) return undefined;
  return `what it gives up: ${given.map(({ by, what }) => `${visible(by)} (${what})`).join(', ')}`;
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
        : `${commandText(change.words)}${change.exact ? '' : ' (its original form is not recorded, so it is worked out from the entry itself)'}`;
  }
}

/** What is to be known of a file as a whole. */
export function fileNotes({ client, place, text, mark }: FoundConfig): string[] {
  const notes = place.note === undefined ? [] : [place.note];
  if (place.format === 'toml') return notes;
  const { reads = { comments: true, trailingCommas: true } } = client;
  const flaws = readerFlaws(text, mark, reads).map(({ what, line }) => {
    const where = line === undefined ? '' : ` (line ${line})`;
    return client.reads === undefined
      ? `clients that read strictly do not read a file with ${what}${where}`
      : `${client.title} does not read a file with ${what}${where}: it has no servers while that is there`;
  });
  return [...notes, ...flaws];
}

/** Servers that are not changed, for programs. */
export function unreadJson({ client, file, what, way, names }: UnreadConfig): unknown {
  return { client: client.name, file, what, servers: names, way };
}

function hunkText({ line, lines }: Hunk): string {
  const body = lines
    .map(({ kind, text }) => `    ${paintLine(kind, `${kind} ${text}`.trimEnd())}\n`)
    .join('');
  return `    ${dim(`line ${line}`)}\n${body}`;
}

/** The same for programs. */
export function planJson(
  planned: readonly PlannedFile[],
  done: readonly WrittenFile[],
  unread: readonly UnreadConfig[],
): unknown {
  return {
    files: planned.map(({ config, plan }) => {
      const written = done.find(({ file }) => file === config.place.file);
      return {
        client: config.client.name,
        file: config.place.file,
        written: written !== undefined,
        ...(written?.backup === undefined ? {} : { backup: written.backup }),
        ...(fileNotes(config).length > 0 ? { notes: fileNotes(config) } : {}),
        servers: plan.servers.map(serverJson),
      };
    }),
    ...(unread.length > 0 ? { unread: unread.map(unreadJson) } : {}),
  };
}

function serverJson({ name, within, disabled, change, givenUp }: ServerPlan): unknown {
  return {
    name,
    ...(within === undefined ? {} : { project: within }),
    ...(disabled ? { disabled } : {}),
    outcome: change.kind === 'change' ? 'changed' : change.kind,
    ...(change.kind === 'skipped' ? { reason: change.reason } : { command: safeWords(change.words) }),
    ...(change.kind === 'change' && change.notes.length > 0 ? { notes: change.notes } : {}),
    ...(givenUp.length > 0 ? { givenUp } : {}),
  };
}
