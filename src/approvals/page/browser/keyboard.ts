import type { Board } from './board.js';
import type { Card } from './card/card.js';
import { find } from './lib/elements.js';

/** Keys that do something for the call that has the focus. None does while a person types, or with a modifier. */
export function listenToKeys(board: Board): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (event.key === 'Escape') return leaveField(board);
    if (isTyping(event.target)) return;
    const card = cardOf(board, document.activeElement);
    if (event.key === '?') (find('keys') as HTMLDetailsElement).open = true;
    else if (event.key === 'j' || event.key === 'k') move(board, card, event.key === 'j' ? 1 : -1);
    else if (event.key === 'a') card?.actions.approveByKey(event);
    else if (event.key === 'r') card?.actions.toggleRemember();
    else if (event.key === 'e') void card?.actions.toggleEdit();
    else if (event.key === 'd') card?.actions.focusReason();
    else return;
    event.preventDefault();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null;
}

function cardOf(board: Board, focused: Element | null): Card | undefined {
  return board.open.find(({ element }) => element.contains(focused));
}

function move(board: Board, from: Card | undefined, step: 1 | -1): void {
  const { open } = board;
  const at = from === undefined ? (step === 1 ? -1 : open.length) : open.indexOf(from);
  const next = open[at + step];
  next?.element.focus();
  next?.element.scrollIntoView({ block: 'nearest' });
}

/** From a field back to its call, where the keys count again. */
function leaveField(board: Board): void {
  cardOf(board, document.activeElement)?.element.focus();
}
