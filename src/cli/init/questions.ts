import { type DraftChoices, USUAL_CHOICES } from '../../core/authoring/draft/draft.js';
import { type DraftTool, draftTools } from '../../core/authoring/draft/draft-tools.js';
import { visible } from '../../core/text/visible.js';
import type { ToolDefinition } from '../../core/tools/definition.js';
import { displayPath } from '../../platform/display-path.js';
import { commandText } from '../servers/command-text.js';
import type { FoundServer } from '../servers/found-servers.js';
import { choose, chooseSome } from '../terminal/ask.js';
import { askHowAsked } from './ask-how-asked.js';
import type { Destination } from './destination.js';

/** How many tools are named in a question. */
const NAMED = 3;

/** Where the policy goes. */
export function askWhere(
  project: Destination,
  user: Destination,
  userFirst: boolean,
): Promise<'project' | 'user'> {
  const here = {
    value: 'project',
    label: displayPath(project.file),
    hint: 'for this folder, and for git',
  } as const;
  const everywhere = { value: 'user', label: displayPath(user.file), hint: 'for every project' } as const;
  return choose<'project' | 'user'>(
    'Where should the policy be saved?',
    userFirst ? [everywhere, here] : [here, everywhere],
  );
}

/** Which of the servers of their clients people mean: all of their own, unless they say otherwise. */
export async function askWhich(
  servers: readonly FoundServer[],
  hasPolicy: (id: string) => boolean,
): Promise<FoundServer[]> {
  const ids = await chooseSome(
    'Which servers? They are started now, to see their tools.',
    servers.map(({ name, id, words, client, ofProject }) => ({
      value: id,
      label: `${visible(name)} (${client}${hasPolicy(id) ? ', in the policy already' : ''})`,
      hint: `${ofProject ? 'from this project: ' : ''}${commandText(words)}`,
    })),
    servers.filter(({ ofProject }) => !ofProject).map(({ id }) => id),
  );
  return servers.filter(({ id }) => ids.includes(id));
}

/** How strict the policy is to be. */
export async function askHowStrict(definitions: readonly ToolDefinition[]): Promise<DraftChoices> {
  const { groups } = draftTools(definitions);
  const writing = groups.flatMap(({ category, tools }) => (category === 'write' ? tools : []));
  const dangerous = groups.flatMap(({ category, tools }) =>
    category === 'read' || category === 'write' || category === 'unknown' ? [] : tools,
  );
  const write = await choose<DraftChoices['write']>(`What about tools that write${named(writing)}?`, [
    { value: 'allow', label: 'Allow', hint: '30 calls a minute, all of them together' },
    { value: 'require_approval', label: 'Ask a person each time' },
    { value: 'deny', label: 'Refuse' },
  ]);
  const lossy = writing.filter(({ caution }) => caution !== undefined);
  const overwriting =
    write === 'allow' && lossy.length > 0
      ? await choose<DraftChoices['overwriting']>(
          `What about those that overwrite, force-push or move something away${named(lossy)}?`,
          [
            {
              value: 'require_approval',
              label: 'Ask a person each time',
              hint: 'what was there may be lost',
            },
            { value: 'as-writing', label: 'Allow, like others that write' },
          ],
        )
      : USUAL_CHOICES.overwriting;
  const other = await choose<DraftChoices['dangerous']>(
    `What about tools that run code, delete or pay${named(dangerous)}?`,
    [
      { value: 'require_approval', label: 'Ask a person each time' },
      { value: 'deny', label: 'Refuse' },
    ],
  );
  return { write, overwriting, dangerous: other, asking: await askHowAsked() };
}

/** Some of them in brackets. Of servers that are read later there may be others, so that there are none is not said. */
function named(tools: readonly DraftTool[]): string {
  if (tools.length === 0) return '';
  const names = tools.slice(0, NAMED).map(({ name }) => name);
  const more = tools.length - names.length;
  return ` (${names.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

/** What is to become of the policy that is there. */
export function askWhatNow(file: string, news: string): Promise<'add' | 'anew' | 'leave'> {
  return choose(`${displayPath(file)} already exists.`, [
    { value: 'add', label: `Add ${news}`, hint: 'and keep the rest as it is' },
    { value: 'anew', label: 'Replace it', hint: 'the old one is kept as a backup beside it' },
    { value: 'leave', label: 'Leave it' },
  ]);
}
