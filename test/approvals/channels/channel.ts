import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { folderContext, privateFolders } from '../../../src/platform/sockets/socket-folders.js';
import { Place } from '../../e2e/place.js';
import { Wrapped } from '../../e2e/program.js';

export interface Reply {
  result?: { content?: { text: string }[]; isError?: boolean; resultType?: string };
  error?: { message: string };
}

/** One channel to a person, driven as its person would: through the built program. */
export interface Channel {
  name: string;
  /** Whether a no can say why. */
  givesReasons: boolean;
  /** Whether the call waits for the answer; otherwise its answer is the question, and it comes again. */
  holds: boolean;
  /** Whether it shows arguments of a megabyte. */
  showsLong: boolean;
  /** What is got here is made fit for the eye by whatever shows it. */
  showsRaw?: boolean;
  /** What `approvals` of the policy says beside what the test wants. */
  approvals(place: Place): string;
  /** What the channel needs is made unusable, before anything starts; what is returned is added to the environment. */
  break?: ((place: Place) => Record<string, string>) | undefined;
  /** Puts the policy's wrapper in front of the recording server. */
  open(place: Place, wrapped: Wrapped): Promise<Inbox>;
}

/** A session as its person sees it. Calls are told apart by their argument `n`. */
export interface Inbox {
  /** Calls `delete_note`. @param argumentsText JSON text with `"n":<n>` in it */
  call(n: number, argumentsText: string): void;
  /** Waits until the person is asked. */
  asked(n: number): Promise<void>;
  /** Everything that is put before the person who is asked, as text. */
  shown(n: number): Promise<string>;
  /** Says yes or no. Resolves to whether the answer counted, where the channel tells. */
  answer(n: number, decision: 'approve' | 'deny', reason?: string): Promise<boolean>;
  /** Whatever the call ended with. */
  reply(n: number): Promise<Reply>;
  /** The client takes the call back. */
  cancel(n: number): void;
  /** How many questions the person still sees. */
  waiting(): Promise<number>;
}

/** Longer than it takes to decline without a person. Milliseconds. */
export const PERSON = 400;

export const line = (n: number | string, argumentsText: string, more = '') =>
  `{"jsonrpc":"2.0","id":${JSON.stringify(n)},"method":"tools/call","params":{"name":"delete_note","arguments":${argumentsText}${more}}}`;

/** A wrapped recorder under a policy that asks about `delete_*`. */
export async function openChannel(
  channel: Channel,
  settings: { timeout?: number; max_pending?: number } = {},
  broken = false,
): Promise<{ place: Place; wrapped: Wrapped; inbox: Inbox }> {
  const place = new Place();
  const config = place.policy(
    [
      'version: 1',
      'default: allow',
      'tools: { "delete_*": require_approval }',
      'approvals:',
      `  timeout: ${settings.timeout ?? 60}`,
      `  hold: unlimited`,
      `  max_pending: ${settings.max_pending ?? 20}`,
      `  ${channel.approvals(place)}`,
      '',
    ].join('\n'),
  );
  const env = (broken && channel.break?.(place)) || {};
  const wrapped = Wrapped.recorder(place, ['--config', config], { env });
  return { place, wrapped, inbox: await channel.open(place, wrapped) };
}

/** What most channels have in common: the call is held until its one answer. */
export function heldCalls(wrapped: Wrapped): Pick<Inbox, 'call' | 'reply' | 'cancel'> {
  return {
    call: (n, argumentsText) => wrapped.sendLine(line(n, argumentsText)),
    reply: (n) => wrapped.answer<Reply>(n),
    cancel: (n) => wrapped.send({ method: 'notifications/cancelled', params: { requestId: n } }),
  };
}

export async function initialize(wrapped: Wrapped, capabilities: object): Promise<void> {
  await wrapped.request('start', 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities,
    clientInfo: { name: 'test', version: '1' },
  });
}

/** Files stand where the private folders belong. */
export function breakFolders(place: Place): Record<string, string> {
  const home = place.write('../no-folder', 'a file where a folder belongs');
  const folders = privateFolders(folderContext(path.join(home, 'policy-wrap')));
  for (const folder of folders.filter((each) => !each.startsWith(home))) {
    if (!existsSync(path.dirname(folder))) continue;
    writeFileSync(folder, '');
    onTestFinished(() => rmSync(folder, { force: true }));
  }
  return { XDG_STATE_HOME: home };
}
