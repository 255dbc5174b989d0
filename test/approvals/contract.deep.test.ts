import { describe, expect, it } from 'vitest';
import { skip } from '../skip.js';
import { type Channel, openChannel, type Reply } from './channels/channel.js';
import { command } from './channels/command.js';
import { legacyElicitation, modernElicitation } from './channels/elicitation.js';
import { page } from './channels/page.js';
import { pageInBrowser } from './channels/page-in-browser.js';
import { terminal } from './channels/terminal.js';
import { closeBrowserAfterAll, NO_CHROMIUM } from './page/chromium.js';

const CHANNELS: Channel[] = [legacyElicitation, modernElicitation, page, terminal, command];
if (!NO_CHROMIUM) CHANNELS.push(pageInBrowser);
closeBrowserAfterAll();

const textOf = ({ result, error }: Reply) => result?.content?.[0]?.text ?? error?.message ?? '';
const ranIn = (recorded: string | undefined) => recorded?.match(/delete_note/g)?.length ?? 0;
/** What is on a terminal or a page by mistake does harm there. */
const HOSTILE = {
  n: 1,
  escape: '\u001b]0;owned\u0007\u001b[2J',
  bidi: 'a\u202egpj.exe',
  markup: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  lines: 'one\r\n[approved]\u2028two',
};

describe.each(CHANNELS)('the channel $name', (channel) => {
  const holdsNone = skip(!channel.holds, `${channel.name}: no call waits that could be cancelled`);
  const unbroken = skip(channel.break === undefined, `${channel.name}: nothing of it could be broken`);

  it('lets a call go on a yes, as it was shown', async () => {
    const { place, wrapped, inbox } = await openChannel(channel);
    const text = '{"n":1,"amount":12345678901234567890,"note":"\\u00e9"}';
    inbox.call(1, text);
    const shown = await inbox.shown(1);
    expect(shown).toContain('12345678901234567890');
    expect(shown).toContain('delete_note');
    expect(ranIn(place.recorded())).toBe(0);
    expect(await inbox.answer(1, 'approve')).toBe(true);
    expect((await inbox.reply(1)).result?.isError).toBeUndefined();
    expect(place.recorded()).toContain(`"arguments":${text}`);
    expect(ranIn(place.recorded())).toBe(1);
    await wrapped.end();
    const record = place.audit().at(-1);
    expect(record).toMatchObject({ outcome: 'completed', approval: { approved: true, how: 'approved' } });
    expect(record).toHaveProperty('approval.afterMs', expect.any(Number));
  });

  it('refuses a call on a no, and tells the agent why', async () => {
    const { place, wrapped, inbox } = await openChannel(channel);
    inbox.call(1, '{"n":1}');
    await inbox.asked(1);
    await inbox.answer(1, 'deny', 'Not on a Friday.');
    const text = textOf(await inbox.reply(1));
    expect(text).toContain('was declined by the person who was asked.');
    if (channel.givesReasons) expect(text).toContain('Reason: Not on a Friday.');
    await wrapped.end();
    expect(ranIn(place.recorded())).toBe(0);
    expect(place.audit().at(-1)).toMatchObject({ outcome: 'refused', approval: { how: 'declined' } });
  });

  it('refuses a call that nobody answers, and a late yes does not run it', async () => {
    const { place, wrapped, inbox } = await openChannel(channel, { timeout: 1 });
    inbox.call(1, '{"n":1}');
    await inbox.asked(1);
    if (channel.holds) {
      expect(textOf(await inbox.reply(1))).toContain('nobody answered in time');
      await expect.poll(() => inbox.waiting()).toBe(0);
    } else {
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      expect(await inbox.answer(1, 'approve'), 'it is asked anew').toBe(false);
    }
    await wrapped.end();
    expect(ranIn(place.recorded())).toBe(0);
  });

  it.skipIf(holdsNone)('takes the question back when the client cancels the call', async () => {
    const { place, wrapped, inbox } = await openChannel(channel);
    inbox.call(1, '{"n":1}');
    await inbox.asked(1);
    inbox.cancel(1);
    await expect.poll(() => inbox.waiting()).toBe(0);
    await inbox.answer(1, 'approve').catch(() => false);
    await wrapped.request('after', 'ping');
    await wrapped.end();
    expect(ranIn(place.recorded())).toBe(0);
    expect(wrapped.lines.some((text) => text.includes('"id":1,'))).toBe(false);
    expect(place.audit()).toMatchObject([{ outcome: 'withdrawn' }]);
  });

  it('ends with the client, and runs nothing', async () => {
    const { place, wrapped, inbox } = await openChannel(channel);
    inbox.call(1, '{"n":1}');
    await inbox.asked(1);
    expect((await wrapped.end()).exitCode).toBe(0);
    await expect.poll(() => inbox.waiting().catch(() => 0)).toBeLessThanOrEqual(0);
    expect(ranIn(place.recorded())).toBe(0);
  });

  it('counts one of two answers that come at once', async () => {
    const { place, wrapped, inbox } = await openChannel(channel);
    inbox.call(1, '{"n":1}');
    await inbox.asked(1);
    const counted = await Promise.all([inbox.answer(1, 'approve'), inbox.answer(1, 'approve')]);
    expect((await inbox.reply(1)).result?.isError).toBeUndefined();
    if (channel !== legacyElicitation) expect(counted.filter(Boolean)).toHaveLength(1);
    await wrapped.request('after', 'ping').catch(() => {});
    expect(ranIn(place.recorded())).toBe(1);
  });

  it.skipIf(unbroken)('refuses the call where the channel is broken, and says so', async () => {
    const { place, wrapped, inbox } = await openChannel(channel, {}, true);
    inbox.call(1, '{"n":1}');
    const text = textOf(await inbox.reply(1));
    expect(text).toContain('needs approval, and nobody could be asked.');
    expect(text).toContain('Reason: ');
    await wrapped.end();
    expect(ranIn(place.recorded())).toBe(0);
  });

  it('keeps a hundred calls apart', { timeout: 180_000 }, async () => {
    const { place, wrapped, inbox } = await openChannel(channel, { max_pending: 200 });
    const all = Array.from({ length: 100 }, (_, index) => index + 1);
    for (const n of all) inbox.call(n, `{"n":${n}}`);
    for (const n of all) await inbox.asked(n);
    await Promise.all(all.map((n) => inbox.answer(n, n % 2 === 0 ? 'approve' : 'deny')));
    for (const n of all) {
      const { result } = await inbox.reply(n);
      expect(result?.isError === true, `call ${n}`).toBe(n % 2 === 1);
    }
    await wrapped.end();
    const ran = [...(place.recorded() ?? '').matchAll(/"arguments":\{"n":(\d+)\}/g)].map(([, n]) =>
      Number(n),
    );
    expect(ran.sort((one, other) => one - other)).toEqual(all.filter((n) => n % 2 === 0));
  });

  it('shows arguments of a megabyte whole, or not at all', async () => {
    const { place, inbox } = await openChannel(channel);
    const text = `{"n":1,"text":"${'x'.repeat(1_000_000)}","end":"last"}`;
    inbox.call(1, text);
    if (channel.showsLong) {
      expect(await inbox.shown(1)).toContain('last');
      await inbox.answer(1, 'approve');
      expect((await inbox.reply(1)).result?.isError).toBeUndefined();
      expect(place.recorded()).toContain(text);
    } else {
      expect(textOf(await inbox.reply(1))).toContain('nobody could be asked');
      expect(ranIn(place.recorded())).toBe(0);
    }
  });

  it('shows hostile text as text', async () => {
    const { place, inbox } = await openChannel(channel);
    const text = JSON.stringify(HOSTILE).replace('\u202e', '\u202e');
    inbox.call(1, text);
    const shown = await inbox.shown(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    if (!channel.showsRaw) expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e\u2028]/);
    expect(shown).toMatch(/gpj\.exe/);
    await inbox.answer(1, 'approve');
    await inbox.reply(1);
    expect(place.recorded()).toContain(text);
  });
});
