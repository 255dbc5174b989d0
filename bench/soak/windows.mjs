/** Records carry the time at which a call came, in whole milliseconds; it is admitted a little later. */
const TOLERANCE = 50;

/**
 * The first window that holds more than a limit allows, in words; undefined when there is none.
 * @param admitted what was admitted: { time, amount }, time in milliseconds
 */
export function overfullWindow(admitted, { max, window }) {
  const length = window * 1_000 - TOLERANCE;
  const ordered = [...admitted].sort((one, other) => one.time - other.time);
  let sum = 0;
  let first = 0;
  for (const { time, amount } of ordered) {
    sum += amount;
    for (; ordered[first].time <= time - length; first++) sum -= ordered[first].amount;
    if (sum > max)
      return `${sum} instead of ${max} in the ${window} s before ${new Date(time).toISOString()}`;
  }
  return undefined;
}

/** The most of something that goes on at once. `events`: +1 where one begins, -1 where one ends. */
export function mostAtOnce(events) {
  let now = 0;
  return events.reduce((most, change) => {
    now += change;
    return Math.max(most, now);
  }, 0);
}
