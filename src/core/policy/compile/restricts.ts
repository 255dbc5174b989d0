import type { Entry } from './policy.js';

/** Whatever an entry says but `allow` holds something back: by a limit as much as by what it says that the tool does. */
export function restricts({ rules, category }: Entry): boolean {
  return (
    category !== undefined ||
    rules.some(
      ({ action, limits, timeout }) => action !== 'allow' || limits.length > 0 || timeout !== undefined,
    )
  );
}
