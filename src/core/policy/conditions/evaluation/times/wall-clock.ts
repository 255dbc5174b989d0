import { ConditionFailure } from '../../failures/condition-failure.js';

/** What a clock shows, zero-based where CEL says so. */
export const CLOCK_FIELDS = {
  getFullYear: (wall: Date) => wall.getUTCFullYear(),
  getMonth: (wall: Date) => wall.getUTCMonth(),
  getDate: (wall: Date) => wall.getUTCDate(),
  getDayOfMonth: (wall: Date) => wall.getUTCDate() - 1,
  getDayOfWeek: (wall: Date) => wall.getUTCDay(),
  getDayOfYear: (wall: Date) => (wall.getTime() - sameHourOfNewYear(wall)) / DAY,
  getHours: (wall: Date) => wall.getUTCHours(),
  getMinutes: (wall: Date) => wall.getUTCMinutes(),
  getSeconds: (wall: Date) => wall.getUTCSeconds(),
  getMilliseconds: (wall: Date) => wall.getUTCMilliseconds(),
} as const;

const NO_SUCH_ZONE = 'it was given a time zone that there is not';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** As CEL has it. The plus sign may be left out. */
const OFFSET = /^([+-]?)([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * What a clock in a time zone shows, as the UTC fields of a date: those of local time depend on the zone of this machine,
 * which skips an hour a year.
 * @param time milliseconds since 1970, UTC
 * @param zone a name of the IANA database, or an offset such as +01:00; UTC where there is none
 * @throws {ConditionFailure} where there is no such zone
 */
export function wallClock(time: number, zone?: string): Date {
  if (zone === undefined) return new Date(time);
  const [, sign, hours, minutes] = OFFSET.exec(zone) ?? [];
  if (hours !== undefined) {
    const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE;
    return new Date(sign === '-' ? time - offset : time + offset);
  }
  const parts = clockOf(zone).formatToParts(time);
  const textOf = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value;
  const field = (type: Intl.DateTimeFormatPartTypes) => Number(textOf(type));
  const year = textOf('era') === 'BC' ? 1 - field('year') : field('year');
  const wall = new Date(0);
  wall.setUTCFullYear(year, field('month') - 1, field('day'));
  wall.setUTCHours(field('hour'), field('minute'), field('second'), new Date(time).getUTCMilliseconds());
  return wall;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  // Later versions of Node know more ways to write an offset, and a policy means the same in all.
  if (!/^[a-z]/i.test(timeZone)) throw new ConditionFailure(NO_SUCH_ZONE);
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      // With `hour12: false` midnight would be hour 24 of the day before.
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new ConditionFailure(NO_SUCH_ZONE);
  }
}

function sameHourOfNewYear(wall: Date): number {
  return new Date(wall).setUTCMonth(0, 1);
}
