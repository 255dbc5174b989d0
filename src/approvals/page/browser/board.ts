import type { PageCall, PageDesk, PageState } from '../server/page-messages.js';
import { Card, keyOf } from './card/card.js';
import { pageMoved } from './guard.js';
import { find, setText } from './lib/elements.js';
import { visible } from './lib/visible.js';

/** An answered call stays so long, where it stood. Milliseconds. */
const LINGERING = 2_500;

/** All that waits, in the order in which it came. New ones come last, and nothing moves while somebody may be pressing. */
export class Board {
  readonly #cards = new Map<string, Card>();
  readonly #list = find('waiting');
  #desks: readonly PageDesk[] = [];
  #waiting: ReadonlySet<string> = new Set();

  constructor() {
    setInterval(() => this.#tick(), 500);
  }

  update({ desks }: PageState): void {
    this.#desks = desks;
    const waiting = desks.flatMap((desk) => desk.waiting.map((call) => ({ desk, call })));
    this.#waiting = new Set(waiting.map(({ desk, call }) => keyOf(desk, call)));
    this.#settleGone();
    const fresh = waiting
      .filter(({ desk, call }) => !this.#cards.has(keyOf(desk, call)))
      .sort((one, other) => one.call.askedAt - other.call.askedAt);
    for (const { desk, call } of fresh) this.#add(desk, call);
    if (fresh.length > 0) announce(fresh.map(({ call }) => call));
    this.#count();
  }

  /** The cards as they stand, without those that are answered. */
  get open(): Card[] {
    return [...this.#cards.values()].filter(({ settledAt }) => settledAt === undefined);
  }

  #add(desk: PageDesk, call: PageCall): void {
    const alike = this.#desks.some((other) => other !== desk && other.server === desk.server);
    const card = new Card(desk, call, alike);
    this.#cards.set(card.key, card);
    this.#list.append(card.element);
  }

  /** What this person decides now is told by the answer to it. */
  #settleGone(): void {
    for (const card of this.#cards.values())
      if (!this.#waiting.has(card.key) && !card.actions.sending) this.#settle(card);
  }

  #settle(card: Card): void {
    const desk = this.#desks.find(({ desk }) => card.key.startsWith(`${desk}/`));
    const decided = desk?.decided.find((call) => keyOf(desk, call) === card.key);
    card.settle(decided?.how, decided?.via === 'page' || decided?.via === 'none' ? undefined : decided?.via);
  }

  #tick(): void {
    this.#settleGone();
    for (const card of this.#cards.values()) {
      card.tick();
      if (card.settledAt !== undefined && performance.now() - card.settledAt > LINGERING) this.#remove(card);
    }
    this.#count();
  }

  /** Where the focus was in it, it goes to the next call as a whole: no key that follows decides anything. */
  #remove(card: Card): void {
    const focused = card.element.contains(document.activeElement);
    const next = (card.element.nextElementSibling ??
      card.element.previousElementSibling) as HTMLElement | null;
    card.element.remove();
    this.#cards.delete(card.key);
    pageMoved();
    if (focused) (next ?? find('waiting-title')).focus({ preventScroll: true });
  }

  #count(): void {
    const { length } = this.open;
    document.title = `${length > 0 ? `(${length}) ` : ''}Approvals · policy-wrap`;
    setText(find('count'), length > 0 ? String(length) : '');
    find('empty').hidden = this.#cards.size > 0;
    const servers = [...new Set(this.#desks.map(({ server }) => visible(server)))];
    setText(find('servers'), servers.length > 0 ? `Connected: ${servers.join(', ')}` : '');
  }
}

function announce(calls: readonly PageCall[]): void {
  const texts = calls.map(({ name, server, risk }) => `${visible(name)} on ${visible(server)}, ${risk} risk`);
  setText(
    find('announcer'),
    `Waits for you: ${texts.slice(0, 3).join('; ')}${texts.length > 3 ? ' and more' : ''}`,
  );
}
