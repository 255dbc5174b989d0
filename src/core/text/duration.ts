const MILLISECONDS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The same, and longer than no time at all. */
export const SOME_TIME_PATTERN = /^(?=[0-9.]*[1-9])(\d+(?:\.\d+)?)(s|m|h|d)$/;

/** What a duration looks like as text: a number with one of s, m, h, d after it. */
export const DURATION_PATTERN = /^(\d+(?:\.\d+)?)(s|m|h|d)$/;

/** A duration of the policy file (seconds, or `30s`, `5m`, `1h`, `1d`) in milliseconds; undefined when it is none. */
export function toMilliseconds(duration: Duration): number | undefined {
  if (typeof duration === 'number') return Number.isFinite(duration) ? duration * 1_000 : undefined;
  const match = DURATION_PATTERN.exec(duration);
  const unit = MILLISECONDS[match?.[2] ?? ''];
  return unit === undefined ? undefined : Number(match?.[1]) * unit;
}

/** Milliseconds as a person reads them: `60 s`, `5 min`, `1 h`, `1 day`. */
export function formatDuration(milliseconds: number): string {
  const days = milliseconds / 86_400_000;
  if (days >= 1 && Number.isInteger(days)) return days === 1 ? '1 day' : `${days} days`;
  const hours = milliseconds / 3_600_000;
  if (hours >= 1 && Number.isInteger(hours)) return `${hours} h`;
  const minutes = milliseconds / 60_000;
  if (minutes > 1 && Number.isInteger(minutes)) return `${minutes} min`;
  return `${milliseconds / 1_000} s`;
}

export type Duration = number | string;
