import type { PageCall, PageDecision } from '../../server/page-messages.js';
import { button, make } from '../lib/elements.js';
import { visibleJson } from '../lib/visible.js';

type Chosen = Pick<PageDecision, 'remember' | 'scope'>;

const TIMES: readonly [string, string][] = [
  ['5m', '5 minutes'],
  ['15m', '15 minutes'],
  ['30m', '30 minutes'],
  ['1h', '1 hour'],
  ['4h', '4 hours'],
  ['8h', '8 hours'],
];

let panels = 0;

/** Where a person says for which later calls an approval counts too. */
export class RememberPanel {
  readonly element: HTMLElement;
  readonly #sameCall: HTMLInputElement;
  readonly #wholeTool: HTMLInputElement;
  readonly #time = make('select', { 'aria-label': 'For how long' });

  constructor(call: PageCall, critical: boolean, chosen: (event: Event, decision: Chosen) => void) {
    const group = `remember-${++panels}`;
    this.#sameCall = make('input', { type: 'radio', name: group, checked: '' });
    this.#wholeTool = make('input', { type: 'radio', name: group });
    this.#time.append(...TIMES.map(([value, text]) => make('option', { value }, text)));
    this.#time.value = '30m';
    this.#time.addEventListener('change', () => {
      this.#wholeTool.checked = true;
    });
    const confirm = button(critical ? 'secondary' : 'primary', 'Approve and remember');
    confirm.addEventListener('click', (event) => chosen(event, this.#chosen()));
    this.element = make(
      'fieldset',
      { class: 'remember' },
      make('legend', {}, 'From now on, approve without asking'),
      make('label', {}, this.#sameCall, ' this exact call, until the session ends'),
      make(
        'div',
        { class: 'choice' },
        make(
          'label',
          {},
          this.#wholeTool,
          ' every call of ',
          make('code', {}, visibleJson(call.name)),
          ' for ',
        ),
        this.#time,
      ),
      confirm,
    );
    this.element.hidden = true;
    // Enter on a choice is as good as on the button.
    this.element.addEventListener('keydown', (event) => {
      const isChoice = event.target === this.#sameCall || event.target === this.#wholeTool;
      if (event.key !== 'Enter' || !isChoice || event.repeat || event.isComposing) return;
      event.preventDefault();
      chosen(event, this.#chosen());
    });
  }

  /** Opens or closes it, and says which. */
  toggle(): boolean {
    this.element.hidden = !this.element.hidden;
    if (!this.element.hidden) (this.#wholeTool.checked ? this.#wholeTool : this.#sameCall).focus();
    return !this.element.hidden;
  }

  #chosen(): Chosen {
    return this.#wholeTool.checked
      ? { scope: 'tool', remember: this.#time.value }
      : { scope: 'call', remember: 'session' };
  }
}
