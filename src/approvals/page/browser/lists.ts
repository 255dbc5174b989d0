import type { DecidedCall } from '../../inbox/inbox-state.js';
import type { RememberedCall } from '../../queue/remembered-call.js';
import type { PageState } from '../server/page-messages.js';
import { render } from './card/arguments.js';
import { outcomeOf } from './card/outcome.js';
import { revoke } from './lib/api.js';
import { button, find, keep, make, setText } from './lib/elements.js';
import { now, timeAgo, timeLeft } from './lib/times.js';
import { visible } from './lib/visible.js';

const MOST_DECIDED = 20;

/** Shows what is remembered and what was decided. */
export function updateLists({ desks }: PageState): void {
  const remembered = desks.flatMap(({ desk, remembered }) => remembered.map((call) => ({ desk, call })));
  keep(
    find('remembered'),
    remembered,
    ({ desk, call }) => `${desk}/${call.id}`,
    ({ desk, call }) => rememberedRow(desk, call),
  );
  find('remembered-section').hidden = remembered.length === 0;
  const decided = desks
    .flatMap(({ desk, decided }) => decided.map((call) => ({ desk, call })))
    .sort((one, other) => other.call.at - one.call.at)
    .slice(0, MOST_DECIDED);
  keep(
    find('decided'),
    decided,
    ({ desk, call }) => `${desk}/${call.id}/${call.at}`,
    ({ call }) => decidedRow(call),
  );
  find('decided-section').hidden = decided.length === 0;
  updateTimes();
}

/** Writes the times anew. */
export function updateTimes(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-at]'))
    setText(element, timeAgo(now() - Number(element.dataset['at'])));
  for (const element of document.querySelectorAll<HTMLElement>('[data-until]'))
    setText(element, `${timeLeft(Number(element.dataset['until']) - now())} left`);
}

function rememberedRow(desk: string, call: RememberedCall): HTMLElement {
  const name = visible(call.name);
  const end = button('secondary', 'Revoke');
  end.setAttribute('aria-label', `Revoke the remembered approval of ${name} on ${visible(call.server)}`);
  end.addEventListener('click', async () => {
    end.disabled = true;
    if (!(await revoke(desk, call.id))) end.disabled = false;
  });
  const until = make('span', {}, 'until the session ends');
  if (call.until !== undefined) until.dataset['until'] = String(call.until);
  const about = make(
    'div',
    { class: 'about' },
    make('p', {}, make('code', {}, name), make('span', { class: 'on' }, visible(call.server))),
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
      make('p', {}, make('code', {}, visible(name)), make('span', { class: 'on' }, visible(server))),
      make(
        'p',
        { class: 'note' },
        when,
        ...channel,
        ...byWhom(by),
        edited ? ' · arguments changed' : undefined,
      ),
      reason === undefined ? undefined : make('p', { class: 'said' }, visible(reason)),
    ),
  );
}

function byWhom(by: string | undefined): (Node | string)[] {
  return by === undefined ? [] : [' · by ', make('bdi', {}, visible(by))];
}
