/** The value below which `share` (0 to 1) of the samples lie: nearest rank. NaN without samples. */
export function percentile(samples, share) {
  const sorted = Float64Array.from(samples).sort();
  return sorted.length === 0 ? Number.NaN : sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

export const median = (samples) => percentile(samples, 0.5);

/** Calls `turn(item)` for every item in each of `rounds` rounds, each round beginning with another one, until the time is over. */
export async function interleave(items, { rounds, milliseconds }, turn) {
  const end = performance.now() + milliseconds;
  for (let round = 0; round < rounds && (round === 0 || performance.now() < end); round++)
    for (let index = 0; index < items.length; index++) await turn(items[(index + round) % items.length]);
}
