/** How long is left, as a clock that runs down: `1:05`, `1 h 20 min`. */
export function timeLeft(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const hours = Math.floor(seconds / 3_600);
  return hours < 48
    ? `${hours} h ${Math.floor((seconds % 3_600) / 60)} min`
    : `${Math.floor(hours / 24)} days`;
}

/** How long ago something was. */
export function timeAgo(milliseconds: number): string {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

/** How much the clock of the wrappers is ahead of this one. Milliseconds. */
let ahead = 0;

export function setClock(theirNow: number): void {
  ahead = theirNow - Date.now();
}

export function now(): number {
  return Date.now() + ahead;
}
