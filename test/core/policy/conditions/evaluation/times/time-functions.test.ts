import { afterEach, describe, expect, it, vi } from 'vitest';
import { evaluate } from '../../conditions.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

const at = (time: string, part: string) => evaluate(`timestamp("${time}").${part}`, 'any');

describe.each(['UTC', 'Europe/Berlin', 'America/New_York'])('on a machine in %s', (machine) => {
  it.each<[string, string, bigint]>([
    ['2026-03-29T02:30:00Z', 'getHours()', 2n],
    ['2026-03-08T02:30:00Z', 'getHours()', 2n],
    ['2026-03-29T06:30:00Z', 'getHours("America/New_York")', 2n],
    ['2026-07-01T00:30:00Z', 'getDayOfYear()', 181n],
    ['2026-12-31T23:59:59Z', 'getDayOfYear()', 364n],
    ['2026-06-30T22:30:00Z', 'getDayOfYear("Europe/Berlin")', 181n],
    // The first hour of a day, in the winter and in the summer.
    ['2026-03-09T23:30:00Z', 'getDate("Europe/Berlin")', 10n],
    ['2026-03-09T23:30:00Z', 'getDayOfMonth("Europe/Berlin")', 9n],
    ['2026-11-28T23:30:00Z', 'getDayOfWeek("Europe/Berlin")', 0n],
    ['2026-11-28T23:30:00Z', 'getHours("Europe/Berlin")', 0n],
    ['2026-06-30T22:30:00Z', 'getMonth("Europe/Berlin")', 6n],
    ['2026-12-31T23:30:00Z', 'getFullYear("Europe/Berlin")', 2027n],
    ['2026-12-31T23:30:00Z', 'getFullYear("+00:30")', 2027n],
    ['2026-12-31T23:30:00Z', 'getHours("-05:30")', 18n],
    ['2026-12-31T23:30:00Z', 'getMinutes("05:45")', 15n],
    ['2026-12-31T23:30:07.9999Z', 'getSeconds("UTC")', 7n],
    ['2026-12-31T23:30:07.9999Z', 'getMilliseconds()', 999n],
    ['2026-12-31T23:30:07.25Z', 'getMilliseconds("Asia/Kolkata")', 250n],
    ['0001-01-01T00:00:00Z', 'getFullYear()', 1n],
    ['0001-01-01T00:00:00Z', 'getFullYear("America/New_York")', 0n],
  ])('timestamp("%s").%s', (time, part, value) => {
    vi.stubEnv('TZ', machine);
    expect(at(time, part)).toEqual({ value });
  });
});

describe('times as texts', () => {
  it.each([
    ['string(timestamp("2027-01-01T00:00:00Z"))', '2027-01-01T00:00:00Z'],
    ['string(timestamp("2027-01-01T00:00:00.5+05:00"))', '2026-12-31T19:00:00.500Z'],
    ['string(timestamp("2027-01-01T00:00:00.000001-00:30"))', '2027-01-01T00:30:00.000001Z'],
    ['string(timestamp("1969-12-31T23:59:59.000000001Z"))', '1969-12-31T23:59:59.000000001Z'],
    ['string(timestamp("0001-01-01T00:00:00Z"))', '0001-01-01T00:00:00Z'],
    ['string(timestamp("9999-12-31T23:59:59.999999999Z"))', '9999-12-31T23:59:59.999999999Z'],
    ['string(now)', '2026-11-23T12:00:00Z'],
    ['string(duration("1h"))', '3600s'],
    ['string(duration("1.5s"))', '1.500s'],
    ['string(duration("-1.5s"))', '-1.500s'],
    ['string(duration("-10ms"))', '-0.010s'],
    ['string(duration("1ns"))', '0.000000001s'],
    ['string(duration("0"))', '0s'],
  ])('%s is %s', (source, value) => {
    expect(evaluate(source, 'any')).toEqual({ value });
  });

  it.each([
    '2027-01-01',
    '2027-01-01T00:00:00',
    '2027-02-29T00:00:00Z',
    '2027-13-01T00:00:00Z',
    '2027-01-01T24:00:00Z',
    '2027-01-01T00:60:00Z',
    '2027-01-01T00:00:00+24:00',
    '2027-01-01t00:00:00z',
    '2027-01-01T00:00:00.Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '0000-01-01T00:00:00Z',
    ' 2027-01-01T00:00:00Z',
    '2027-01-01T00:00:00Z\\n',
  ])('%j is no time, and the agent is told so', (text) => {
    const judged = evaluate('timestamp(args.time) < now', 'bool', `{"time":"${text}"}`);
    expect(judged).toMatchObject({ cause: expect.stringMatching(/^timestamp\(\) was given a /) });
  });

  it.each(['+24:00', '+1:00', '+99:99', '+0100', '+01', 'Z', 'CET+1', 'Nowhere/Land', ''])(
    '%j is no time zone',
    (text) => {
      const judged = evaluate('now.getHours(args.zone) < 24', 'bool', JSON.stringify({ zone: text }));
      expect(judged).toMatchObject({ cause: 'it was given a time zone that there is not' });
    },
  );
});
