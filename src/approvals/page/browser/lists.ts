import type { DecidedCall } from '../../inbox/inbox-state.js';
import type { RememberedCall } from '../../queue/remembered-call.js';
import type { PageState } from '../server/page-messages.js';
import { outcomeOf } from './card/outcome.js';
import { postRevocation } from './lib/api.js';
import { button, find, keep, make, setText } from './lib/elements.js';
import { render } from './lib/json-text.js';
import { now, timeAgo, timeLeft } from './lib/times.js';
import { visibleJson } from './lib/visible.js';

const MOST_DECIDED = 20;

/** Shows what is remembered and what was decided. */
export function updateLists({ inboxes }: PageState): void {
  const remembered = inboxes.flatMap(({ inbox, remembered }) => remembered.map((call) => ({ inbox, call })));
  keep(
    find('remembered'),
    remembered,
    ({ inbox, call }) => `${inbox}/${call.id}`,
    ({ inbox, call }) => rememberedRow(inbox, call),
  );
  find('remembered-section').hidden = remembered.length === 0;
  const decided = inboxes
    .flatMap(({ inbox, decided }) => decided.map((call) => ({ inbox, call })))
    .sort((one, other) => other.call.at - one.call.at)
    .slice(0, MOST_DECIDED);
  keep(
    find('decided'),
    decided,
    ({ inbox, call }) => `${inbox}/${call.id}/${call.at}`,
    ({ call }) => decidedRow(call),
  );
  find('decided-section').hidden = decided.length === 0;
  updateTimes();
}

/** Writes the times again. */
export function updateTimes(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-at]'))
    setText(element, timeAgo(now() - Number(element.dataset['at'])));
  for (const element of document.querySelectorAll<HTMLElement>('[data-until]'))
    setText(element, `${timeLeft(Number(element.dataset['until']) - now())} left`);
}

function rememberedRow(inbox: string, call: RememberedCall): HTMLElement {
  const name = visibleJson(call.name);
  const end = button('secondary', 'Revoke');
  end.setAttribute('aria-label', `Revoke the remembered approval of ${name} on ${visibleJson(call.server)}`);
  end.addEventListener('click', async () => {
    end.disabled = true;
    if (!(await postRevocation(inbox, call.id))) end.disabled = false;
  });
  const until = make('span', {}, 'until the session ends');
  if (call.until !== undefined) until.dataset['until'] = String(call.until);
  const about = make(
    'div',
    { class: 'about' },
    make('p', {}, make('code', {}, name), make('span', { class: 'on' }, visibleJson(call.server))),
    make(
      'p',
      { class: 'note' },
      call.scope === 'tool' ? 'every call, ' : 'this exact call, ',
      until,
      ...byWhom(call.by),
    ),
  );
  if (call.argumentsText !== undefined) {
    const text = make('pre', { class: 'json', tabindex: '0' });
    render(text, call.argumentsText);
    about.append(make('details', {}, make('summary', {}, 'Arguments'), text));
  }
  return make('li', {}, about, end);
}

function decidedRow({ how, name, server, via, by, reason, at, edited }: DecidedCall): HTMLElement {
  const { word, look } = outcomeOf(how);
  const when = make('time', { class: 'when' });
  when.dataset['at'] = String(at);
  const channel = via === 'none' ? [] : [` · ${via}`];
  return make(
    'li',
    {},
    make('span', { class: `outcome ${look}` }, word),
    make(
      'div',
      { class: 'about' },
      make('p', {}, make('code', {}, visibleJson(name)), make('span', { class: 'on' }, visibleJson(server))),
      make(
        'p',
        { class: 'note' },
        when,
        ...channel,
        ...byWhom(by),
        edited ? ' · arguments changed' : undefined,
      ),
      reason === undefined ? undefined : make('p', { class: 'said' }, visibleJson(reason)),
    ),
  );
}

function byWhom(by: string | undefined): (Node | string)[] {
  return by === undefined ? [] : [' · by ', make('bdi', {}, visibleJson(by))];
}
