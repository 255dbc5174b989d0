import type { DecidedCall } from '../../../inbox/inbox-state.js';
import type { PageCall, PageDecision } from '../../server/page-messages.js';
import { isDeliberate, pageMoved } from '../guard.js';
import { postDecision } from '../lib/api.js';
import { button, make, setText } from '../lib/elements.js';
import { visibleJson } from '../lib/visible.js';
import type { ArgumentsView } from './arguments.js';
import { RememberPanel } from './remember-panel.js';

/** What a person can do about one call. */
export class CardActions {
  readonly element: HTMLElement;
  readonly #approve = button('', '');
  readonly #remember = button('secondary', 'Approve and remember…');
  readonly #edit = button('secondary', 'Edit arguments');
  readonly #deny = button('danger', 'Deny');
  readonly #reason = make('input', {
    type: 'text',
    placeholder: 'Reason, shown to the agent',
    maxlength: '2000',
  });
  readonly #editor = make('textarea', { class: 'editor', rows: '12', spellcheck: 'false' });
  readonly #panel: RememberPanel;
  readonly #problem = make('p', { class: 'problem', role: 'alert' });
  readonly #shownSince = performance.now();
  /** Whether a decision is on its way. */
  sending = false;

  constructor(
    private readonly inbox: string,
    private readonly call: PageCall,
    private readonly shown: ArgumentsView,
    private readonly settled: (how: DecidedCall['how'] | undefined) => void,
  ) {
    const name = visibleJson(call.name);
    this.#reason.setAttribute('aria-label', `Reason for denying ${name}, shown to the agent`);
    this.#editor.setAttribute('aria-label', `Arguments of ${name}, as JSON`);
    this.#panel = new RememberPanel(call, isCritical(call), (event, decision) =>
      this.approve(event, decision),
    );
    this.#remember.setAttribute('aria-expanded', 'false');
    this.#remember.hidden = !call.mayRemember;
    this.#edit.hidden = !call.mayEdit;
    this.#editor.hidden = true;
    this.#listen();
    this.#label();
    shown.onSeen = () => {
      this.#label();
      pageMoved();
    };
    const choices = make('div', { class: 'choices' }, this.#approve, this.#deny, this.#remember, this.#edit);
    const why = make('div', { class: 'why' }, this.#reason);
    this.element = call.via.includes('page')
      ? make('div', { class: 'actions' }, this.#editor, choices, this.#panel.element, why, this.#problem)
      : make('p', { class: 'elsewhere' }, 'The policy lets only the terminal decide this: ', commandOf(call));
  }

  /** Approves, with what is in the editor if it is open. */
  async approve(event: Event, how: Omit<PageDecision, 'decision'> = {}): Promise<void> {
    if (!isDeliberate(event, this.#shownSince)) return this.#say('The page has just changed. Press again.');
    const { unseen } = this.shown;
    // Whoever has it in the editor sees all of it.
    if (unseen !== undefined && this.#editor.hidden) {
      await this.shown.reveal(unseen);
      return this.#say(
        this.shown.complete
          ? 'These are all the arguments. Look at them, then approve.'
          : 'The arguments could not be fetched. Try again.',
      );
    }
    const changed = this.#editor.hidden ? {} : { argumentsText: this.#editor.value };
    await this.#send({ decision: 'approve', ...how, ...changed });
  }

  /** The same with one key, but for what cannot be undone: that takes a second one. */
  approveByKey(event: Event): void {
    if (!isCritical(this.call)) return void this.approve(event);
    this.#approve.focus();
    pageMoved();
    this.#say('The risk is critical, so one key is not enough: press Enter to approve.');
  }

  /** Opens or closes the choices of what is remembered. */
  toggleRemember(): void {
    if (this.#remember.hidden) return;
    const open = this.#panel.toggle();
    this.#remember.setAttribute('aria-expanded', String(open));
    if (!open) this.#remember.focus();
    pageMoved();
  }

  /** Opens or closes the editor; what was typed is kept. Arguments that are too long to be sent unasked are fetched first. */
  async toggleEdit(): Promise<void> {
    if (!this.call.mayEdit) return;
    const focused = document.activeElement;
    if (!this.shown.complete) {
      await this.shown.load();
      if (!this.shown.complete) return this.#say('The arguments could not be fetched. Try again.');
      this.#say('');
      // Whoever has pressed twice meanwhile wants it open.
      this.#editor.hidden = true;
    }
    this.#editor.hidden = !this.#editor.hidden;
    const open = !this.#editor.hidden;
    if (open && this.#editor.value === '') this.#editor.value = this.shown.editable;
    // What was changed is not remembered: the next call will come as the agent makes it.
    this.#remember.hidden = open || !this.call.mayRemember;
    this.#panel.element.hidden = true;
    this.#remember.setAttribute('aria-expanded', 'false');
    setText(this.#edit, open ? 'Do not edit' : 'Edit arguments');
    this.#label();
    // Who writes elsewhere by now goes on there.
    if (document.activeElement === focused) (open ? this.#editor : this.#edit).focus();
    pageMoved();
  }

  /** Puts the cursor where the reason is written. */
  focusReason(): void {
    this.#reason.focus();
  }

  /** What the button does next, and how much it stands out: never more than the no, where the risk is critical or not all is seen. */
  #label(): void {
    const { unseen } = this.shown;
    const editing = !this.#editor.hidden;
    const first = unseen === 'all' ? 'Show all, then approve' : 'Show secrets, then approve';
    setText(this.#approve, editing ? 'Approve as edited' : unseen ? first : 'Approve once');
    this.#approve.className = isCritical(this.call) || (unseen && !editing) ? 'secondary' : 'primary';
  }

  #listen(): void {
    this.#approve.addEventListener('click', (event) => void this.approve(event));
    this.#remember.addEventListener('click', () => this.toggleRemember());
    this.#edit.addEventListener('click', () => void this.toggleEdit());
    this.#deny.addEventListener('click', (event) => void this.#refuse(event));
    this.#reason.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.isComposing && !event.repeat) void this.#refuse(event);
    });
  }

  async #refuse(event: Event): Promise<void> {
    if (!isDeliberate(event, this.#shownSince)) return this.#say('The page has just changed. Press again.');
    const reason = this.#reason.value.trim();
    await this.#send({ decision: 'deny', ...(reason === '' ? {} : { reason }) });
  }

  async #send(decision: PageDecision): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    this.#say('');
    this.element.setAttribute('aria-busy', 'true');
    const answer = await postDecision(this.inbox, this.call.id, decision);
    this.sending = false;
    this.element.removeAttribute('aria-busy');
    if (answer.ok) this.settled(decision.decision === 'approve' ? 'approved' : 'declined');
    else if (answer.why === 'gone') this.settled(undefined);
    else this.#say(visibleJson(answer.message));
  }

  #say(problem: string): void {
    setText(this.#problem, problem);
  }
}

/** A word of another version, too: what is not known may be the worst. */
function isCritical({ risk }: PageCall): boolean {
  return !['low', 'medium', 'high'].includes(risk);
}

function commandOf({ id }: PageCall): HTMLElement {
  return make('code', {}, `policy-wrap approve ${visibleJson(id)}`);
}
