import { type CelFunc, CelScalar, celFunc, celMethod, objectType } from '@bufbuild/cel';
import { DurationSchema, type Timestamp, TimestampSchema } from '@bufbuild/protobuf/wkt';
import { durationText, timestampOf, timestampText } from './time-texts.js';
import { CLOCK_FIELDS, wallClock } from './wall-clock.js';

const { INT, STRING } = CelScalar;
const TIMESTAMP = objectType(TimestampSchema);
const DURATION = objectType(DurationSchema);

/**
 * What the standard has for times. The library reckons in the zone of this machine, so that what it says is wrong in the hour
 * that is skipped in spring; in named zones the day begins an hour late; and it takes Protocol Buffers' JSON along to read and
 * write times.
 */
export function timeFunctions(): CelFunc[] {
  return [
    celFunc('timestamp', [STRING], TIMESTAMP, timestampOf),
    celFunc('string', [TIMESTAMP], STRING, (time) => timestampText(time.message)),
    celFunc('string', [DURATION], STRING, (duration) => durationText(duration.message)),
    ...Object.entries(CLOCK_FIELDS).flatMap(([name, field]) => [
      celMethod(name, TIMESTAMP, [], INT, function () {
        return BigInt(field(wallClock(millisecondsOf(this.message))));
      }),
      celMethod(name, TIMESTAMP, [STRING], INT, function (zone) {
        return BigInt(field(wallClock(millisecondsOf(this.message), zone)));
      }),
    ]),
  ];
}

/** Since 1970. */
function millisecondsOf({ seconds, nanos }: Timestamp): number {
  return Number(seconds) * 1000 + Math.floor(nanos / 1_000_000);
}
