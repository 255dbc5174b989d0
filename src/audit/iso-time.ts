/** The second that was written last: its number since the epoch, and its text. */
let second = Number.NaN;
let text = '';

/**
 * `Date.toISOString` of a moment after 1970, in a tenth of its time where moments of one second come after each other.
 * @param at milliseconds since the epoch
 */
export function isoTime(at: number): string {
  const whole = Math.trunc(at);
  const milliseconds = whole % 1_000;
  if (whole - milliseconds !== second) {
    text = new Date(whole).toISOString().slice(0, -4);
    second = whole - milliseconds;
  }
  return `${text}${String(milliseconds).padStart(3, '0')}Z`;
}
