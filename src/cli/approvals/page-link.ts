import { EXIT, UserError } from '../../platform/user-error.js';
import { userFolders } from '../../platform/user-folders.js';

/** Prints a link to the page, for whoever has lost the one that was printed, or has used it elsewhere. */
export async function link(): Promise<number> {
  const { freshPageLink } = await import('../../approvals/page/server/shared-page.js');
  const fresh = await freshPageLink(userFolders().state);
  if (fresh === undefined)
    throw new UserError(
      'no page is open now',
      'open one that stays with: policy-wrap page; see what waits with: policy-wrap approvals',
    );
  process.stdout.write(`${fresh}\n`);
  return EXIT.fine;
}
