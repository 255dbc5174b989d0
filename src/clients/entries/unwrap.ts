import type { Splice } from '../formats/config-text.js';
import type { KnownClient } from '../known-clients.js';
import { innermost, wrapStateOf } from './command-words.js';
import { entryStart, type ListMember, type ServerEntry, type TextMember } from './entry.js';
import type { EntryWriter } from './entry-writer.js';
import { restoredUrl } from './restore-url.js';
import type { Change } from './wrap.js';

/** How policy-wrap is taken out of an entry by what it says, when it is not known how it was before. */
export function unwrap(entry: ServerEntry, writing: EntryWriter, client: KnownClient): Change {
  const start = entryStart(entry);
  if (start.kind === 'odd') return { kind: 'skipped', reason: start.reason };
  if (start.kind === 'url') return { kind: 'kept', words: [] };
  const { words } = start;
  switch (wrapStateOf(words)) {
    case 'bare':
      return { kind: 'kept', words };
    case 'itself':
      return { kind: 'skipped', reason: 'it is policy-wrap itself, without a server' };
    case 'unseparated':
      return {
        kind: 'skipped',
        reason: 'the `--` in front of its command is missing; remove policy-wrap by hand',
      };
    case 'inside':
      return { kind: 'skipped', reason: 'policy-wrap is inside another command; remove it by hand' };
  }
  const again = restoredUrl(entry, start, client, writing);
  if (again) return again;
  const from = innermost(words);
  const rest = words.slice(from);
  const splices =
    start.kind === 'list' ? [writing.behead(start.command.value, from)] : unwrapCommand(start, writing, from);
  return { kind: 'change', splices, words: rest, notes: [] };
}

function unwrapCommand(
  { command, args }: { command: TextMember; args: ListMember | undefined },
  writing: EntryWriter,
  from: number,
): Splice[] {
  const program = args?.value.items[from - 1];
  if (args === undefined || program === undefined) return [];
  const { start, end } = command.value;
  return [{ start, end, text: writing.at(program) }, writing.behead(args.value, from)];
}
