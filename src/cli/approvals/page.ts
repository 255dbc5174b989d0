import path from 'node:path';
import { mayUseDesktop } from '../../platform/desktop.js';
import { userFolders } from '../../platform/user-folders.js';
import { printNote } from '../terminal/output.js';

/** Nothing else may keep the process there. Milliseconds. */
const A_WHILE = 60_000;

/** Shows the approvals page for as long as it runs, also while no policy-wrap has anything to ask. */
export async function page({ link: wantsLink = false }: { link?: boolean }): Promise<number> {
  const { openPage } = await import('../../approvals/page/server/shared-page.js');
  const { state } = userFolders();
  const stays = setInterval(() => {}, A_WHILE);
  const shared = await openPage(state, path.join(__dirname, 'page'), () => true);
  try {
    const link = await shared.link();
    process.stdout.write(`${new URL(link).origin}/\n`);
    printNote(
      'the approvals page is at this address as long as this runs; bookmark it; press Ctrl+C to stop',
    );
    const opens = !wantsLink && mayUseDesktop(undefined) && (await opened(link, state));
    if (opens) printNote('it opens in your browser now');
    else printNote(`open it once with this link, which works for ten minutes: ${link}`);
    return await interrupted();
  } finally {
    clearInterval(stays);
    shared.close();
  }
}

async function opened(link: string, state: string): Promise<boolean> {
  const { openInBrowser } = await import('../../approvals/page/server/open-browser.js');
  return openInBrowser(link, state).then(
    () => true,
    () => false,
  );
}

function interrupted(): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(0));
  });
}
