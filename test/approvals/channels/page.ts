import type { PageArguments, PageCall, PageState } from '../../../src/approvals/page/server/page-messages.js';
import { ask, type Got, OpenPage } from '../page/page-place.js';
import { breakFolders, type Channel, heldCalls } from './channel.js';

const isAbout = (n: number, call: PageCall) => new RegExp(`"n":${n}[,}]`).test(call.argumentsText ?? '');

/** The local page, spoken to as its script does; in a browser it is tested elsewhere. */
export const page: Channel = {
  name: 'page',
  givesReasons: true,
  holds: true,
  showsLong: true,
  showsRaw: true,
  approvals: () => 'via: [page]',
  break: breakFolders,
  async open(_place, wrapped) {
    let opened: Promise<OpenPage> | undefined;
    /** A browser does not open a hundred connections. */
    let turn: Promise<Got | undefined> = Promise.resolve(undefined);
    const seen = new Map<number, { inbox: string; id: string }>();
    const open = async () => {
      opened ??= wrapped
        .told(/http:\/\/127\.0\.0\.1:\d+\/#\S+/)
        .then(() => OpenPage.by(wrapped.stderr.match(/http:\S+#[\w-]+/g)?.at(-1) ?? ''));
      return opened;
    };
    const waitingIn = ({ inboxes }: PageState) =>
      inboxes.flatMap(({ inbox, waiting }) => waiting.map((call) => ({ inbox, call })));
    /** Long arguments are asked for by the id, as there is one such call only. */
    const isIt = (n: number, call: PageCall) => call.argumentsText === undefined || isAbout(n, call);
    const find = async (n: number) => {
      const state = await (await open()).until((each) => waitingIn(each).some(({ call }) => isIt(n, call)));
      const found = waitingIn(state).find(({ call }) => isIt(n, call));
      if (found === undefined) throw new Error('what was there is gone');
      seen.set(n, { inbox: found.inbox, id: found.call.id });
      return found;
    };
    return {
      ...heldCalls(wrapped),
      asked: async (n) => void (await find(n)),
      async shown(n) {
        const { inbox, call } = await find(n);
        return `${call.name} ${call.argumentsText ?? (await argumentsOf(await open(), inbox, call.id))}`;
      },
      async answer(n, decision, reason) {
        const { inbox, id } = seen.get(n) ?? { inbox: '', id: '' };
        const at = await open();
        const before = turn;
        turn = before.then(() => at.post('/decide', { inbox, id, decision, reason }));
        const got = await turn;
        return got?.status === 200 && (JSON.parse(got.text) as { ok?: boolean }).ok !== false;
      },
      waiting: async () => {
        const state = await (await open()).until(() => true);
        return waitingIn(state).length;
      },
    };
  },
};

async function argumentsOf({ port, headers }: OpenPage, inbox: string, id: string): Promise<string> {
  const { text } = await ask(port, `/arguments?inbox=${inbox}&id=${id}`, { headers });
  return (JSON.parse(text) as PageArguments).argumentsText;
}
