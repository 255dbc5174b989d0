import path from 'node:path';
import { userFolders } from '../platform/user-folders.js';
import type { Desk } from './inbox/inbox.js';
import type { DeskDoors } from './inbox/inbox-approver.js';
import type { ServedDesk } from './inbox/inbox-server.js';
import type { PageMember } from './page/server/shared-page.js';

/** Opens a desk to people when the first question is put on it. Most sessions never ask, so what serves is loaded then. */
export class Doors implements DeskDoors {
  #served: Promise<ServedDesk> | undefined;
  #page: Promise<PageMember> | undefined;
  #closed = false;

  constructor(
    private readonly desk: Desk,
    readonly tell: (note: string) => void,
  ) {}

  async serve(): Promise<void> {
    this.#served ??= this.#serve();
    await this.#served;
  }

  async page(open: boolean): Promise<string> {
    this.#page ??= this.#openPage();
    return (await this.#page).invite(open);
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

  async #openPage(): Promise<PageMember> {
    try {
      const { openPage } = await import('./page/server/shared-page.js');
      if (this.#closed) throw new Error('the session has ended');
      const waits = () => this.desk.state().waiting.length > 0;
      return await openPage(userFolders().state, path.join(__dirname, 'page'), waits);
    } catch (error) {
      this.#page = undefined;
      throw error;
    }
  }

  /** What could not be had may be had the next time. */
  async #serve(): Promise<ServedDesk> {
    try {
      const { serveDesk } = await import('./inbox/inbox-server.js');
      if (this.#closed) throw new Error('the session has ended');
      const served = await serveDesk(this.desk, userFolders().state);
      if (this.#closed) served.close();
      return served;
    } catch (error) {
      this.#served = undefined;
      throw error;
    }
  }
}
