import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import open from 'open';
import { firstSocketFolder } from '../../../platform/sockets/socket-folders.js';

/** A browser that is started for it has read the file by then. Milliseconds. */
const FILE_LASTS = 30_000;

/**
 * Opens a link in the user's browser. What is started can be seen by everybody on this machine, with its arguments: the
 * browser is given a file that only this user can read, and that leads on to the link. Rejects when nothing could be started.
 */
export async function openInBrowser(link: string, state: string): Promise<void> {
  const file = path.join(firstSocketFolder(state), `open-${randomBytes(6).toString('hex')}.html`);
  writeFileSync(file, leadTo(link), { mode: 0o600, flag: 'wx' });
  const remove = () => rmSync(file, { force: true });
  process.once('exit', remove);
  setTimeout(() => {
    process.removeListener('exit', remove);
    remove();
  }, FILE_LASTS).unref();
  const browser = await open(file);
  browser.unref();
}

/** The link is made by us of what needs no escapes: an address and a token in base64url. */
function leadTo(link: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${link}">
<title>policy-wrap</title>
<p><a href="${link}">Open the approvals</a></p>
`;
}
