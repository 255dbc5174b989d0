import path from 'node:path';
import { mayUseDesktop } from '../platform/desktop.js';
import { userFolders } from '../platform/user-folders.js';
import type { Inbox } from './inbox/inbox.js';
import type { InboxServices } from './inbox/inbox-approver.js';
import type { ServedInbox } from './inbox/inbox-server.js';
import type { SharedPage } from './page/server/shared-page.js';

/** Opens an inbox to people when the first question is put on it. Most sessions never ask, so what serves is loaded then. */
export class OnDemandServices implements InboxServices {
  #served: Promise<ServedInbox> | undefined;
  #page: Promise<SharedPage> | undefined;
  #closed = false;

  constructor(
    private readonly inbox: Inbox,
    readonly tell: (note: string) => void,
  ) {}

  async serve(): Promise<void> {
    this.#served ??= this.#serve();
    await this.#served;
  }

  async page(open: boolean | undefined): Promise<string> {
    this.#page ??= this.#openPage();
    const opening = !mayUseDesktop(open) ? 'never' : open ? 'always' : 'once';
    return (await this.#page).invite(opening);
  }

  close(): void {
    this.#closed = true;
    void this.#served?.then(
      (served) => served.close(),
      () => {},
    );
    void this.#page?.then(
      (page) => page.close(),
      () => {},
    );
  }

  async #openPage(): Promise<SharedPage> {
    try {
      const { openPage } = await import('./page/server/shared-page.js');
      if (this.#closed) throw new Error('the session has ended');
      const waits = () => this.inbox.state().waiting.length > 0;
      return await openPage(userFolders().state, path.join(__dirname, 'page'), waits);
    } catch (error) {
      this.#page = undefined;
      throw error;
    }
  }

  /** What could not be had may be had the next time. */
  async #serve(): Promise<ServedInbox> {
    try {
      const { serveInbox } = await import('./inbox/inbox-server.js');
      if (this.#closed) throw new Error('the session has ended');
      const served = await serveInbox(this.inbox, userFolders().state);
      if (this.#closed) served.close();
      return served;
    } catch (error) {
      this.#served = undefined;
      throw error;
    }
  }
}
