import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timesOf } from '../../../src/audit/entries/call-record.js';
import { isoTime } from '../../../src/audit/entries/iso-time.js';
import { appendLine, LineTemplate } from '../../../src/audit/entries/line-bytes.js';
import { LineBuffer } from '../../../src/audit/line-buffer.js';
import { lineOf } from '../../../src/core/audit/line-parts.js';
import type { RecordOutcome } from '../../../src/core/audit/record.js';
import { runs } from '../../runs.js';

const parts = {
  start: '","server":"caf\u00e9 \ud83d\ude00","arguments":',
  action: ',"action":"allow","outcome":"',
  end: '","limits":[],"durationMs":',
};
const outcome = fc.constantFrom<RecordOutcome>('completed', 'tool_error', 'unanswered');
const duration = fc.oneof(
  fc.double({ min: 0, max: 5, noNaN: true }),
  fc.double({ min: 0, max: 1e9, noNaN: true }),
  fc.constantFrom(0, 0.0004, 0.0005, 0.001, 0.1, 0.12, 1, 1.5, 9.9996, 999.9999, 1_000, 12_345.678),
);
const text = fc.constantFrom('{}', '{"a":"caf\u00e9"}', `{"a":"${'x'.repeat(70_000)}"}`);

it('says what the line as a text says', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ outcome, duration, text, at: fc.integer({ min: 0, max: 4e12 }) }), {
        maxLength: 8,
      }),
      (calls) => {
        const buffer = new LineBuffer();
        const known = new LineTemplate(parts);
        const lines = calls.map(({ outcome: how, duration: durationMs, text: args, at }) => {
          const times = timesOf({ at, durationMs: 0 });
          const line = Buffer.from(`{"arguments":${args}}`);
          const place = { memory: line, argumentsStart: 13, argumentsEnd: line.length - 1 };
          appendLine(buffer, known, { time: at, outcome: how, durationMs, ...place });
          expect(times.time).toBe(isoTime(at));
          const rounded = timesOf({ at, durationMs }).durationMs;
          return `${lineOf(parts, { time: times.time, durationMs: rounded, outcome: how, arguments: args, params: undefined })}\n`;
        });
        expect(buffer.lines.toString('utf8')).toBe(lines.join(''));
      },
    ),
    runs(300),
  );
});
