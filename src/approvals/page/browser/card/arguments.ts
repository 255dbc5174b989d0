import { mayHideMore } from '../../../../core/shown/hidden-text.js';
import type { PageCall } from '../../server/page-messages.js';
import { loadArguments } from '../lib/api.js';
import { cutTokens } from '../lib/cut-tokens.js';
import { button, make, setText } from '../lib/elements.js';
import { render, renderTokens } from '../lib/json-text.js';
import { jsonTokens, layOut } from '../lib/json-tokens.js';

/** What is shown in place of a secret. */
const WITHHELD = '[redacted]';
/** Longer arguments are fetched when a person asks for them. Characters. */
const LONGEST_FETCHED_AT_ONCE = 200_000;

/** What a person has still to see before arguments can be approved. */
export type Unseen = 'all' | 'secrets';

/**
 * The arguments of one call: readable, of long ones the beginning and the end with all between at a press, and secrets at
 * another. Says when a person has not seen what may matter.
 */
export class ArgumentsView {
  readonly element: HTMLElement;
  readonly #size = make('span', { class: 'note' });
  readonly #text = make('pre', { class: 'json', tabindex: '0', role: 'group', 'aria-label': 'Arguments' });
  readonly #end = make('pre', { class: 'json end', tabindex: '0', role: 'group' });
  readonly #toggle = button('link', 'Show secrets');
  readonly #load = button('quiet', '');
  #whole: string | undefined;
  #redacted: string | undefined;
  #hidesSecrets = false;
  #isCut = false;
  #wasExpanded = false;
  #loading: Promise<void> | undefined;
  /** Called when what is unseen has changed. */
  onSeen: () => void = () => {};

  constructor(
    private readonly inbox: string,
    private readonly call: PageCall,
  ) {
    this.#end.setAttribute('aria-label', 'Arguments, their end');
    this.#toggle.hidden = true;
    this.#toggle.addEventListener('click', () => this.#show(!this.#hidesSecrets));
    this.#load.addEventListener('click', () => void this.reveal('all'));
    const title = make('div', { class: 'arguments-title' }, make('h3', {}, 'Arguments'), this.#size);
    const head = make('div', { class: 'arguments-head' }, title, this.#toggle);
    const { argumentsText, redactedText, argumentsLength, otherParamsText } = call;
    const others = otherParamsText === undefined ? [] : alsoSent(otherParamsText);
    this.element = make('div', { class: 'arguments' }, head, this.#text, this.#load, this.#end, ...others);
    setText(this.#load, `Show all ${characters(argumentsLength)}`);
    this.#text.hidden = true;
    this.#end.hidden = true;
    if (argumentsText !== undefined) this.#have(argumentsText, redactedText);
    else if (argumentsLength <= LONGEST_FETCHED_AT_ONCE) void this.load();
  }

  /** Whether all that would be sent is here. */
  get complete(): boolean {
    return this.#whole !== undefined;
  }

  /** What a person has to see before it is approved. */
  get unseen(): Unseen | undefined {
    if (!this.complete || this.#isCut) return 'all';
    return this.#hidesSecrets && mayHideMore(this.#whole ?? '', this.#redacted) ? 'secrets' : undefined;
  }

  /** The arguments laid out, to be changed by a person. */
  get editable(): string {
    return layOut(this.#whole ?? '');
  }

  /** Fetches what is too long to be sent unasked. */
  load(): Promise<void> {
    this.#loading ??= this.#fetch().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Shows what a person has not seen yet. */
  async reveal(unseen: Unseen): Promise<void> {
    await this.load();
    this.#wasExpanded = true;
    this.#show(this.#hidesSecrets && unseen !== 'secrets');
  }

  async #fetch(): Promise<void> {
    if (this.complete) return;
    const found = await loadArguments(this.inbox, this.call.id);
    if (found !== undefined) this.#have(found.argumentsText, found.redactedText);
    else setText(this.#load, 'The arguments could not be fetched. Try again');
  }

  #have(whole: string, redacted: string | undefined): void {
    this.#whole = whole;
    this.#redacted = redacted;
    const hides = redacted?.includes(WITHHELD) ?? false;
    this.#toggle.hidden = !hides;
    this.#show(hides);
  }

  #show(hidesSecrets: boolean): void {
    if (this.#whole === undefined) return;
    const isFirst = this.#text.hidden;
    this.#hidesSecrets = hidesSecrets;
    setText(this.#toggle, hidesSecrets ? 'Show secrets' : 'Hide secrets');
    const json = (hidesSecrets ? this.#redacted : this.#whole) ?? '';
    const cut = this.#wasExpanded ? undefined : cutTokens(jsonTokens(json));
    this.#isCut = cut !== undefined;
    this.#text.hidden = false;
    this.#text.classList.toggle('start', this.#isCut);
    this.#end.hidden = !this.#isCut;
    this.#load.hidden = !this.#isCut;
    if (cut === undefined) render(this.#text, json);
    else {
      renderTokens(this.#text, cut.start);
      renderTokens(this.#end, cut.end);
      setText(this.#load, `Show all: ${characters(cut.between)} are left out here`);
    }
    const isLong = this.#isCut || this.#wasExpanded;
    setText(this.#size, isLong ? characters(this.call.argumentsLength) : '');
    if (!isFirst) this.onSeen();
  }
}

function characters(count: number): string {
  return `${count.toLocaleString('en')} characters`;
}

/** What the server gets besides the arguments: it may act on it just as well. */
function alsoSent(otherParamsText: string): HTMLElement[] {
  const text = make('pre', { class: 'json', tabindex: '0', role: 'group', 'aria-label': 'Also sent' });
  render(text, otherParamsText);
  return [make('h3', {}, 'Also sent'), text];
}
