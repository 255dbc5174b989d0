import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Channel, type Inbox, openChannel } from '../approvals/channels/channel.js';
import { command } from '../approvals/channels/command.js';
import { page } from '../approvals/channels/page.js';
import { terminal } from '../approvals/channels/terminal.js';
import { OpenPage } from '../approvals/page/page-place.js';
import { npmServer, Place } from './place.js';
import { Wrapped } from './program.js';

/** A person at a terminal, a program and a page, all asked about the same calls. */
async function open() {
  const people = new Map<Channel, Inbox>();
  const together: Channel = {
    ...command,
    approvals: (place) => command.approvals(place).replace('[command]', '[page, terminal, command]'),
    async open(place, wrapped) {
      for (const channel of [command, page, terminal])
        people.set(channel, await channel.open(place, wrapped));
      return people.get(command) as Inbox;
    },
  };
  const opened = await openChannel(together);
  const at = (channel: Channel) => people.get(channel) as Inbox;
  return { ...opened, at };
}

describe('channels that are asked side by side', () => {
  it.each([
    ['command', command],
    ['page', page],
    ['terminal', terminal],
  ])('the first answer counts, here of the %s, and the others are taken back', async (via, first) => {
    const { place, wrapped, inbox, at } = await open();
    inbox.call(1, '{"n":1}');
    for (const channel of [command, page, terminal]) await at(channel).asked(1);
    await at(first).answer(1, 'approve');
    expect((await inbox.reply(1)).result?.isError).toBeUndefined();
    for (const channel of [command, page, terminal]) await expect.poll(() => at(channel).waiting()).toBe(0);
    const late = [page, terminal].filter((channel) => channel !== first);
    for (const channel of late) expect(await at(channel).answer(1, 'deny', 'Too late.')).toBe(false);
    await wrapped.end();
    expect(place.recorded()?.match(/delete_note/g)).toHaveLength(1);
    expect(place.audit()).toMatchObject([{ outcome: 'completed', approval: { via, how: 'approved' } }]);
  });

  it('one that breaks leaves the call to the others', async () => {
    const { place, wrapped, inbox, at } = await open();
    writeFileSync(path.join(place.work, 'ask.mjs'), 'process.exit(1);');
    inbox.call(1, '{"n":1}');
    await at(terminal).asked(1);
    await at(terminal).answer(1, 'deny', 'Not today.');
    expect(JSON.stringify(await inbox.reply(1))).toContain('Not today.');
    await wrapped.end();
    expect(place.recorded() ?? '').not.toContain('delete_note');
  });
});

describe('what the documentation shows', () => {
  it('without any client: a call, a link on stderr, a yes on the page, and the folder is made', async () => {
    const place = new Place();
    const wrapped = new Wrapped(place, [
      '--preset',
      'strict',
      '--',
      process.execPath,
      npmServer('filesystem'),
      '.',
    ]);
    wrapped.sendLine(
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_directory","arguments":{"path":"new"}}}',
    );
    await wrapped.told(/waits for your approval \(risk: medium\): http:\S+ or policy-wrap approve \w{6}/);
    const opened = await OpenPage.by(/http:\S+#[\w-]+/.exec(wrapped.stderr)?.[0] ?? '');
    const { inboxes } = await opened.until((state) =>
      state.inboxes.some(({ waiting }) => waiting.length > 0),
    );
    const [
      {
        inbox,
        waiting: [call],
      } = { inbox: '', waiting: [] },
    ] = inboxes;
    expect(existsSync(path.join(place.work, 'new'))).toBe(false);
    await opened.post('/decide', { inbox, id: call?.id, decision: 'approve' });
    await wrapped.answer(1);
    expect(existsSync(path.join(place.work, 'new'))).toBe(true);
  });
});
