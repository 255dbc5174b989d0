/** A click this soon after the page has moved may be meant for what stood there before. Milliseconds. */
const SETTLING = 350;

let movedAt = performance.now();
let pressedAt = 0;

/** To be called when cards that were there before have moved. */
export function pageMoved(): void {
  movedAt = performance.now();
}

export function watchPointer(): void {
  const press = () => {
    pressedAt = performance.now();
  };
  document.addEventListener('pointerdown', press, true);
}

/** Whether a click or key on a card that is shown since then is certainly meant for it. */
export function isDeliberate(event: Event, shownSince: number): boolean {
  const byPointer = event instanceof MouseEvent && event.detail > 0;
  const at = byPointer ? pressedAt : performance.now();
  return at - Math.max(movedAt, shownSince) >= SETTLING;
}
