import { type AuditRecord, auditLine, type RecordOutcome } from './record.js';

/** What differs from one call of a tool to the next, the rest of the line being the same. */
type Fresh = 'time' | 'outcome' | 'arguments' | 'params' | 'durationMs';

/** The text of a line around what differs. */
export interface LineParts {
  /** Between time and arguments. */
  start: string;
  /** Between arguments and outcome. */
  action: string;
  /** Between outcome and duration. */
  end: string;
}

const NOTHING = { time: '', outcome: 'completed', arguments: undefined, params: undefined } as const;
const TIME = '{"time":"';
const OUTCOME = '"outcome":"';

/** The parts of the line of such a record; cut from one, so that there is one writer of lines. */
export function linePartsOf(record: Omit<AuditRecord, Fresh>): LineParts {
  const line = auditLine({ ...record, ...NOTHING, durationMs: undefined });
  // Within strings quotes are escaped, so the first such text is the member.
  const action = line.indexOf('"action":"');
  const outcome = line.indexOf(OUTCOME, action) + OUTCOME.length;
  return {
    start: `${line.slice(TIME.length, action)}"arguments":`,
    action: `,${line.slice(action, outcome)}`,
    end: `${line.slice(outcome + NOTHING.outcome.length, -1)},"durationMs":`,
  };
}

/** A line of parts that are known, which takes a tenth of the time of `auditLine`. Arguments and params are JSON in one line. */
export function lineOf(
  { start, action, end }: LineParts,
  fresh: {
    time: string;
    outcome: RecordOutcome;
    arguments: string;
    params: string | undefined;
    durationMs: number;
  },
): string {
  const params = fresh.params === undefined ? '' : `,"params":${fresh.params}`;
  return `${TIME}${fresh.time}${start}${fresh.arguments}${params}${action}${fresh.outcome}${end}${fresh.durationMs}}`;
}
