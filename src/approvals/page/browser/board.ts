import type { PageCall, PageInbox, PageState } from '../server/page-messages.js';
import { Card, keyOf } from './card/card.js';
import { pageMoved } from './guard.js';
import { find, setText } from './lib/elements.js';
import { visibleJson } from './lib/visible.js';

/** An answered call stays so long, where it stood. Milliseconds. */
const LINGERING = 2_500;

/** From the least to the most; a word that is not known may be the worst. */
const RISKS = ['low', 'medium', 'high'];

/** All that waits, the riskiest first, then in the order in which it came. What is pressed while something moves does not count. */
export class Board {
  readonly #cards = new Map<string, Card>();
  readonly #list = find('waiting');
  #inboxes: readonly PageInbox[] = [];
  #waiting: ReadonlySet<string> = new Set();

  constructor() {
    setInterval(() => this.#tick(), 500);
  }

  update({ inboxes }: PageState): void {
    this.#inboxes = inboxes;
    const waiting = inboxes.flatMap((inbox) => inbox.waiting.map((call) => ({ inbox, call })));
    this.#waiting = new Set(waiting.map(({ inbox, call }) => keyOf(inbox, call)));
    this.#settleGone();
    const fresh = waiting
      .filter(({ inbox, call }) => !this.#cards.has(keyOf(inbox, call)))
      .sort((one, other) => one.call.askedAt - other.call.askedAt);
    for (const { inbox, call } of fresh) this.#add(inbox, call);
    if (fresh.length > 0) announce(fresh.map(({ call }) => call));
    this.#count();
  }

  /** The cards in the order in which they are seen, without those that are answered. */
  get open(): Card[] {
    const shown = [...this.#list.children].flatMap((each) => this.#cards.get(keyIn(each)) ?? []);
    return shown.filter(({ settledAt }) => settledAt === undefined);
  }

  #add(inbox: PageInbox, call: PageCall): void {
    const alike = this.#inboxes.some((other) => other !== inbox && other.server === inbox.server);
    const card = new Card(inbox, call, alike);
    const milder = [...this.#cards.values()].filter((other) => riskIn(other.call) < riskIn(call));
    const milderElements = new Set<Element>(milder.map(({ element }) => element));
    const next = [...this.#list.children].find((each) => milderElements.has(each));
    this.#cards.set(card.key, card);
    this.#list.insertBefore(card.element, next ?? null);
    if (next !== undefined) pageMoved();
  }

  /** What this person decides now is told by the answer to it. */
  #settleGone(): void {
    for (const card of this.#cards.values())
      if (!this.#waiting.has(card.key) && !card.actions.sending) this.#settle(card);
  }

  #settle(card: Card): void {
    const inbox = this.#inboxes.find(({ inbox }) => card.key.startsWith(`${inbox}/`));
    const decided = inbox?.decided.find((call) => keyOf(inbox, call) === card.key);
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
    const servers = [...new Set(this.#inboxes.map(({ server }) => visibleJson(server)))];
    setText(find('servers'), servers.length > 0 ? `Connected: ${servers.join(', ')}` : '');
  }
}

function riskIn({ risk }: PageCall): number {
  const at = RISKS.indexOf(risk);
  return at < 0 ? RISKS.length : at;
}

function keyIn(element: Element): string {
  return (element as HTMLElement).dataset['key'] ?? '';
}

function announce(calls: readonly PageCall[]): void {
  const texts = calls.map(
    ({ name, server, risk }) => `${visibleJson(name)} on ${visibleJson(server)}, ${risk} risk`,
  );
  setText(
    find('announcer'),
    `Waits for you: ${texts.slice(0, 3).join('; ')}${texts.length > 3 ? ' and more' : ''}`,
  );
}
