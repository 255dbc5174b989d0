import path from 'node:path';
import type { AskedBy } from '../../core/authoring/draft/draft.js';
import { mayUseDesktop } from '../../platform/desktop.js';
import { asTyped } from '../../platform/outer-npx.js';
import { userFolders } from '../../platform/user-folders.js';
import { type Choice, choose } from '../terminal/ask.js';
import { printNote } from '../terminal/output.js';

const BOTH: Choice<AskedBy> = {
  value: 'both',
  label: 'In the browser, and by a desktop notification',
  hint: 'the page opens once something waits',
};
const BROWSER: Choice<AskedBy> = { value: 'browser', label: 'In the browser' };
const NOTIFICATION: Choice<AskedBy> = { value: 'notification', label: 'By a desktop notification' };
const TERMINAL: Choice<AskedBy> = {
  value: 'terminal',
  label: 'In a terminal',
  hint: asTyped('policy-wrap approvals watch'),
};

/** How a person wants to be asked where the client cannot. It is tried once, and may be chosen again. */
export async function askHowAsked(): Promise<AskedBy> {
  for (;;) {
    const atDesk = [BOTH, BROWSER, NOTIFICATION];
    const answers = mayUseDesktop(undefined) ? [...atDesk, TERMINAL] : [TERMINAL, ...atDesk];
    const by = await choose('How do you want to be asked, where your client cannot?', answers);
    if (await works(by)) return by;
  }
}

async function works(by: AskedBy): Promise<boolean> {
  if (by === 'terminal') {
    printNote(`keep this open in a terminal: ${asTyped('policy-wrap approvals watch')}`);
    return true;
  }
  if (!mayUseDesktop(true)) {
    printNote('it is not tried, since POLICY_WRAP_DESKTOP turns everything on the desktop off here');
    return true;
  }
  const end = await tryOnce(by);
  try {
    const answer = await choose<'yes' | 'no' | 'keep'>('That was a try. Did you see it?', [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No', hint: 'choose something else' },
      { value: 'keep', label: 'No, but keep it', hint: 'this is not the machine where you will be asked' },
    ]);
    return answer !== 'no';
  } finally {
    end();
  }
}

/** Shows it as it will be. What cannot be shown is told. */
async function tryOnce(by: AskedBy): Promise<() => void> {
  if (by !== 'browser') {
    const { notifier } = await import('../../approvals/notify/desktop-notification.js');
    notifier(printNote)({ server: 'no server', name: 'a try of policy-wrap' });
  }
  return by === 'notification' ? () => {} : tryPage();
}

/** The page, for as long as the person looks at it. */
async function tryPage(): Promise<() => void> {
  const { state } = userFolders();
  try {
    const { openPage } = await import('../../approvals/page/server/shared-page.js');
    const page = await openPage(state, path.join(__dirname, 'page'), () => true);
    const { openInBrowser } = await import('../../approvals/page/server/open-browser.js');
    await openInBrowser(await page.link(), state);
    return () => page.close();
  } catch (error) {
    printNote(`the page cannot be opened: ${(error as Error).message}`);
    return () => {};
  }
}
