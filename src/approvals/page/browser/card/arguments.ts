import type { JsonPiece } from '../../../../core/json/indent.js';
import type { PageCall } from '../../server/page-messages.js';
import { loadArguments } from '../lib/api.js';
import { button, make, setText } from '../lib/elements.js';
import { jsonTokens, layOut } from '../lib/json-tokens.js';

/** Longer texts are shown without colours: a million of elements would stall the page. Characters. */
const LONGEST_COLOURED = 40_000;
/** What is shown where something was left out. */
const WITHHELD = /\[redacted\]/;
/** Longer arguments are fetched when a person asks for them. Characters. */
const LONGEST_FETCHED_AT_ONCE = 200_000;

/** The arguments of one call: complete, readable, scrollable; without the secrets at a press. */
export class ArgumentsView {
  readonly element: HTMLElement;
  readonly #text = make('pre', { class: 'json', tabindex: '0', role: 'group', 'aria-label': 'Arguments' });
  readonly #toggle = button('link', 'Hide secrets');
  readonly #load = button('quiet', '');
  #whole: string | undefined;
  #redacted: string | undefined;
  #loading: Promise<void> | undefined;

  constructor(
    private readonly inbox: string,
    private readonly call: PageCall,
  ) {
    this.#toggle.hidden = true;
    this.#toggle.setAttribute('aria-pressed', 'false');
    this.#toggle.addEventListener('click', () => this.#switch());
    this.#load.addEventListener('click', () => void this.load());
    const head = make('div', { class: 'arguments-head' }, make('h3', {}, 'Arguments'), this.#toggle);
    const { argumentsText, redactedText, argumentsLength, otherParamsText } = call;
    const others = otherParamsText === undefined ? [] : alsoSent(otherParamsText);
    this.element = make('div', { class: 'arguments' }, head, this.#text, this.#load, ...others);
    setText(this.#load, `Show all ${argumentsLength.toLocaleString('en')} characters`);
    this.#text.hidden = true;
    if (argumentsText !== undefined) this.#shown(argumentsText, redactedText);
    else if (argumentsLength <= LONGEST_FETCHED_AT_ONCE) void this.load();
  }

  /** Whether a person can see what would be sent. */
  get complete(): boolean {
    return this.#whole !== undefined;
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

  async #fetch(): Promise<void> {
    if (this.complete) return;
    const found = await loadArguments(this.inbox, this.call.id);
    if (found !== undefined) this.#shown(found.argumentsText, found.redactedText);
    else setText(this.#load, 'The arguments could not be fetched. Try again');
  }

  #shown(whole: string, redacted: string | undefined): void {
    this.#whole = whole;
    this.#redacted = redacted;
    this.#load.hidden = true;
    this.#text.hidden = false;
    this.#toggle.hidden = redacted === undefined || !WITHHELD.test(redacted);
    render(this.#text, whole);
  }

  #switch(): void {
    const hide = this.#toggle.getAttribute('aria-pressed') !== 'true';
    this.#toggle.setAttribute('aria-pressed', String(hide));
    setText(this.#toggle, hide ? 'Show secrets' : 'Hide secrets');
    render(this.#text, (hide ? this.#redacted : this.#whole) ?? '');
  }
}

/** What the server gets besides the arguments: it may act on it just as well. */
function alsoSent(otherParamsText: string): HTMLElement[] {
  const text = make('pre', { class: 'json', tabindex: '0', role: 'group', 'aria-label': 'Also sent' });
  render(text, otherParamsText);
  return [make('h3', {}, 'Also sent'), text];
}

/** Shows JSON text in colours. */
export function render(target: HTMLElement, json: string): void {
  target.replaceChildren(
    ...(json.length > LONGEST_COLOURED ? [layOut(json)] : jsonTokens(json).map(shownToken)),
  );
}

function shownToken({ kind, text }: JsonPiece): Node {
  if (kind === 'layout') return document.createTextNode(text);
  if (kind !== 'string' && kind !== 'key') return make('span', { class: kind }, text);
  const pieces = text.split(ESCAPE);
  const breaks = kind === 'string' && pieces.slice(0, -2).includes('\\n');
  return make('span', { class: breaks ? 'string lines' : kind }, ...withEscapes(pieces, breaks));
}

const ESCAPE = /(\\(?:u[0-9a-f]{4}|.))/s;

/** Escapes stand out. A text of several lines is shown as such, beside a line of its own: it cannot pass for what follows it. */
function withEscapes(pieces: readonly string[], breaks: boolean): Node[] {
  return pieces.map((piece, at) => {
    if (at % 2 === 0) return document.createTextNode(piece);
    const isLast = at === pieces.length - 2 && pieces.at(-1) === '"';
    const text = breaks && piece === '\\n' && !isLast ? '\\n\n' : piece;
    return make('span', { class: piece.startsWith('\\u') ? 'hidden-character' : 'escape' }, text);
  });
}
