/** The second that was written last: its number since the epoch, and its text up to the point. */
let second = Number.NaN;
let text = '';
let bytes: Uint8Array = new Uint8Array(0);

/**
 * `Date.toISOString` of a moment after 1970, in a tenth of its time where moments of one second come after each other.
 * @param at milliseconds since the epoch
 */
export function isoTime(at: number): string {
  const whole = Math.trunc(at);
  remember(whole);
  return `${text}${String(whole % 1_000).padStart(3, '0')}Z`;
}

/**
 * What the same text has before the milliseconds, as bytes.
 * @param at whole milliseconds since the epoch
 */
export function isoSecond(at: number): Uint8Array {
  remember(at);
  return bytes;
}

function remember(whole: number): void {
  const start = whole - (whole % 1_000);
  if (start === second) return;
  text = new Date(whole).toISOString().slice(0, -4);
  bytes = Buffer.from(text);
  second = start;
}
