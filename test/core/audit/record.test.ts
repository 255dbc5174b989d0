import { describe, expect, it } from 'vitest';
import { type AuditRecord, auditLine } from '../../../src/core/audit/record.js';
import { readValue } from '../../../src/core/json/value.js';

const RECORD: AuditRecord = {
  time: '2026-11-23T10:00:00.000Z',
  session: 's1',
  server: 'mq',
  client: { name: 'claude', version: '1.0' },
  kind: 'tool',
  tool: 'delete_broker',
  arguments: readValue('{"id":12345678901234567890}'),
  action: 'deny',
  outcome: 'refused',
  rule: { pointer: '/tools/delete_*', source: 'policy-wrap.yaml', line: 21 },
  reason: 'Through Terraform only.',
  limits: [],
  observed: undefined,
  durationMs: 1.5,
};

describe('writeRecord', () => {
  it('is one JSON line, with numbers as they came', () => {
    expect(auditLine(RECORD)).toBe(
      '{"time":"2026-11-23T10:00:00.000Z","session":"s1","server":"mq","client":{"name":"claude","version":"1.0"},' +
        '"kind":"tool","tool":"delete_broker","arguments":{"id":12345678901234567890},"action":"deny","outcome":"refused",' +
        '"rule":{"pointer":"/tools/delete_*","source":"policy-wrap.yaml","line":21},"reason":"Through Terraform only.",' +
        '"limits":[],"durationMs":1.5}',
    );
  });

  it.each(['\n', '\r', '\u0085', '\u2028', '\u2029', '\u0000', '\ud800'])(
    'nothing ends the line early (%j)',
    (odd) => {
      const line = auditLine({ ...RECORD, tool: odd, arguments: new Map([[odd, odd]]) });
      expect(line).not.toMatch(/[\n\r\u0085\u2028\u2029\0\p{Cs}]/u);
      expect(JSON.parse(line)).toMatchObject({ tool: odd, arguments: { [odd]: odd } });
    },
  );

  it('redacts and shortens what the agent chose, but not the arguments: they come as detailed as the policy wants', () => {
    const record = {
      ...RECORD,
      tool: 'postgres://u:p@h/db',
      reason: 'x'.repeat(2_000),
      arguments: 'token=abc',
    };
    const observed = { action: 'deny', rule: null, reason: 'it is Bearer abcdef123456' } as const;
    const said = { by: 'Bearer abcdef123456', reason: 'for Bearer abcdef123456' };
    const approval = { approved: true, via: 'command', how: 'approved', ...said } as const;
    const written = JSON.parse(auditLine({ ...record, observed, approval }));
    expect(written.observed.reason).toBe('it is Bearer [redacted]');
    expect(written.approval).toEqual({
      ...approval,
      by: 'Bearer [redacted]',
      reason: 'for Bearer [redacted]',
    });
    expect(written.tool).toBe('postgres://[redacted]@h/db');
    expect(written.reason).toMatch(/^x{500}… \(2000 characters\) …x{500}$/);
    expect(written.arguments).toBe('token=abc');
  });
});
