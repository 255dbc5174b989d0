import type { DecidedCall } from '../../../inbox/inbox-state.js';
import type { PageCall, PageInbox } from '../../server/page-messages.js';
import { breakable, make, setText } from '../lib/elements.js';
import { now, timeLeft } from '../lib/times.js';
import { visibleJson, visibleText } from '../lib/visible.js';
import { CardActions } from './actions.js';
import { ArgumentsView } from './arguments.js';
import { outcomeOf } from './outcome.js';

/** So near its end a question is marked as urgent. Milliseconds. */
const URGENT = 20_000;

let cards = 0;

/** One call that waits, as a person sees and answers it. */
export class Card {
  readonly element: HTMLElement;
  readonly key: string;
  /** When it was answered or taken back, by the clock of this page. */
  settledAt: number | undefined;
  readonly #left = make('span', { class: 'left' });
  readonly #bar = make('span', { class: 'bar', 'aria-hidden': 'true' });
  readonly #agent = make('p', { class: 'agent' });
  readonly #result = make('p', { class: 'result', role: 'status' });
  readonly #actions: CardActions;

  constructor(
    inbox: PageInbox,
    readonly call: PageCall,
    alike: boolean,
  ) {
    this.key = keyOf(inbox, call);
    const shown = new ArgumentsView(inbox.inbox, call);
    this.#actions = new CardActions(inbox.inbox, call, shown, (how) => this.settle(how));
    const heading = `call-${++cards}`;
    this.element = make(
      'article',
      { class: `card risk-${riskOf(call)}`, tabindex: '-1', 'aria-labelledby': heading },
      make('div', { class: 'time-line', 'aria-hidden': 'true' }, this.#bar),
      make('header', {}, originOf(inbox, call, alike), this.#left),
      make(
        'div',
        { class: 'title' },
        make('h2', { id: heading }, make('code', {}, ...breakable(visibleJson(call.name)))),
        badgesOf(call),
      ),
      descriptionOf(call),
      policyOf(call),
      shown.element,
      this.#agent,
      this.#actions.element,
      this.#result,
    );
    this.element.dataset['key'] = this.key;
    this.tick();
  }

  /** The keys of the keyboard: what is pressed for the person. */
  get actions(): CardActions {
    return this.#actions;
  }

  tick(): void {
    if (this.settledAt !== undefined) return;
    const { askedAt, endsAt, heldUntil } = this.call;
    const left = endsAt - now();
    setText(this.#left, left > 0 ? `${timeLeft(left)} left` : 'time is up');
    this.#left.classList.toggle('urgent', left < URGENT);
    this.#bar.style.width = `${Math.max(0, Math.min(100, (left / Math.max(1, endsAt - askedAt)) * 100))}%`;
    setText(this.#agent, agentText(heldUntil, endsAt));
  }

  /** Says what became of it. It stays for a moment, so that nothing moves under the pointer. */
  settle(how: DecidedCall['how'] | undefined, via?: string): void {
    if (this.settledAt !== undefined) return;
    this.settledAt = performance.now();
    const { word, look } = outcomeOf(how);
    this.#bar.style.width = '0';
    setText(this.#result, via === undefined ? word : `${word} through ${via}`);
    this.element.classList.add('settled', look);
    if (this.element.contains(document.activeElement)) this.element.focus({ preventScroll: true });
    for (const part of this.element.querySelectorAll('.actions, .arguments'))
      (part as HTMLElement).inert = true;
  }
}

export function keyOf(inbox: PageInbox, { id }: { id: string }): string {
  return `${inbox.inbox}/${id}`;
}

function riskOf({ risk }: PageCall): string {
  return ['low', 'medium', 'high', 'critical'].includes(risk) ? risk : 'critical';
}

function originOf(inbox: PageInbox, { server, client }: PageCall, alike: boolean): HTMLElement {
  return make(
    'p',
    { class: 'origin' },
    make('span', { class: 'server' }, visibleJson(server)),
    alike ? make('span', {}, ` process ${inbox.pid}`) : undefined,
    client === undefined ? undefined : make('span', {}, ' for ', make('bdi', {}, visibleJson(client))),
  );
}

function badgesOf(call: PageCall): HTMLElement {
  return make(
    'ul',
    { class: 'badges', 'aria-label': 'Category and risk' },
    call.kind === 'tool' ? undefined : make('li', { class: 'badge' }, call.kind),
    make('li', { class: 'badge' }, call.category),
    make('li', { class: 'badge risk' }, `${call.risk} risk`),
  );
}

/** Words of the server, which may say anything. */
function descriptionOf({ description }: PageCall): HTMLElement | undefined {
  if (description === undefined) return undefined;
  return make(
    'p',
    { class: 'says', tabindex: '0' },
    'The server says: ',
    make('q', {}, visibleText(description)),
  );
}

function policyOf({ reason, rule }: PageCall): HTMLElement {
  const place = rule && (rule.line === undefined ? rule.source : `${rule.source}:${rule.line}`);
  return make(
    'div',
    { class: 'policy' },
    reason === undefined ? undefined : make('p', { class: 'reason' }, visibleJson(reason)),
    rule === undefined
      ? undefined
      : make(
          'p',
          { class: 'rule' },
          'Rule ',
          make('code', {}, visibleJson(rule.pointer)),
          ' in ',
          make('span', {}, visibleJson(place ?? '')),
        ),
  );
}

function agentText(heldUntil: number | undefined, endsAt: number): string {
  if (heldUntil === undefined || heldUntil >= endsAt) return 'The agent waits for your answer.';
  const held = heldUntil - now();
  return held > 0
    ? `The agent waits for ${timeLeft(held)}. After that it is asked to repeat the call.`
    : 'The agent was asked to repeat the call. Your approval applies to that one repetition.';
}
