import { describe, expect, it } from 'vitest';
import { programRequest } from '../../../src/approvals/program/program-request.js';
import type { ApprovalRequest } from '../../../src/approvals/queue/approver.js';

const REQUEST: ApprovalRequest = {
  id: 'q',
  server: 'fs',
  kind: 'tool',
  name: 'delete_file',
  category: 'destructive',
  risk: 'critical',
  argumentsText: '{"number":12345678901234567890}',
  client: undefined,
  rule: undefined,
  reason: undefined,
  askedAt: 0,
  endsAt: 0,
  heldUntil: undefined,
  mayRemember: false,
  elicits: 'by request',
  via: ['command'],
};

describe('programRequest', () => {
  it('is one line, whatever its reader takes for the end of one', () => {
    const odd = 'a\u2028b\u2029c\u0085d';
    const written = programRequest({
      ...REQUEST,
      name: odd,
      reason: odd,
      argumentsText: `{"${odd}":"${odd}"}`,
      otherParamsText: `{"_meta":"${odd}"}`,
    });
    expect(written).not.toMatch(/[\u0085\u2028\u2029]/);
    expect(JSON.parse(written)).toMatchObject({
      tool: odd,
      reason: odd,
      arguments: { [odd]: odd },
      params: { _meta: odd },
    });
  });

  it('keeps numbers as they are written', () => {
    expect(programRequest(REQUEST)).toContain('"arguments":{"number":12345678901234567890},');
  });
});
