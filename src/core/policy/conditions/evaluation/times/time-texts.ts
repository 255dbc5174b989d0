import { create } from '@bufbuild/protobuf';
import { type Duration, type Timestamp, TimestampSchema } from '@bufbuild/protobuf/wkt';
import { ConditionFailure } from '../../failures/condition-failure.js';

/** RFC 3339, with as much of a second as a timestamp can hold. */
const RFC_3339 =
  /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;
/** Seconds since 1970 that a timestamp can be: the years 1 to 9999. */
const FIRST = Date.parse('0001-01-01T00:00:00Z') / 1000;
const LAST = Date.parse('9999-12-31T23:59:59Z') / 1000;

/** @throws {ConditionFailure} where the text is no time of RFC 3339, such as 2027-01-01T00:00:00Z or 2027-01-01T00:00:00+01:00 */
export function timestampOf(text: string): Timestamp {
  const [, day, time, fraction = '', sign, hours, minutes] = RFC_3339.exec(text) ?? [];
  const local = new Date(`${day}T${time}Z`);
  // A day that there is not, such as the 30th of February, would be another one.
  if (day === undefined || Number.isNaN(local.getTime()) || !local.toISOString().startsWith(day))
    throw new ConditionFailure(
      'timestamp() was given a string that is not a time such as 2027-01-01T00:00:00Z',
    );
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60;
  const seconds = local.getTime() / 1000 - (sign === '-' ? -offset : offset);
  if (seconds < FIRST || seconds > LAST)
    throw new ConditionFailure('timestamp() was given a time that is not in the years 1 to 9999');
  return create(TimestampSchema, { seconds: BigInt(seconds), nanos: Number(fraction.padEnd(9, '0')) });
}

/** A time in RFC 3339, in UTC. */
export function timestampText({ seconds, nanos }: Timestamp): string {
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, '2027-01-01T00:00:00'.length);
  return `${whole}${fractionText(nanos)}Z`;
}

/** A duration in seconds, such as 3600s or -1.500s. */
export function durationText({ seconds, nanos }: Duration): string {
  const isNegative = seconds < 0n || nanos < 0;
  const whole = seconds < 0n ? -seconds : seconds;
  return `${isNegative ? '-' : ''}${whole}${fractionText(Math.abs(nanos))}s`;
}

/** Nothing, or three, six or nine digits after a point. */
function fractionText(nanos: number): string {
  return nanos === 0
    ? ''
    : `.${String(nanos)
        .padStart(9, '0')
        .replace(/(?:000){1,2}$/, '')}`;
}
