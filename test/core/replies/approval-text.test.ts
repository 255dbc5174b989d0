import { describe, expect, it } from 'vitest';
import type { Approval } from '../../../src/core/policy/decide/approval.js';
import type { Channel } from '../../../src/core/policy/document/document.js';
import { refusalReply } from '../../../src/core/replies/refusal.js';

const ASKED = { idText: '1', kind: 'tool', name: 'delete_note', modern: false, task: false } as const;

function textOf(how: Approval['how'], channels?: readonly Channel[]): string {
  const approval: Approval = { approved: false, via: 'none', how, channels };
  const refusal = { action: 'require_approval', rule: undefined, reason: undefined, approval } as const;
  return JSON.parse(refusalReply(ASKED, refusal)).result.content[0].text;
}

describe('what is read of a call that nobody has decided', () => {
  it.each<[readonly Channel[] | undefined, string | undefined]>([
    [['elicitation', 'page', 'terminal'], 'npx policy-wrap approvals watch'],
    [['terminal', 'command'], 'npx policy-wrap approvals watch'],
    [['page'], 'npx policy-wrap page'],
    [['elicitation'], undefined],
    [['command'], undefined],
    [[], undefined],
    [undefined, undefined],
  ])('names the command for %j', (channels, command) => {
    for (const how of ['pending', 'unanswered', 'full'] as const) {
      const text = textOf(how, channels);
      if (command === undefined) expect(text).not.toContain('npx');
      else expect(text).toContain(command);
      expect(text).not.toContain('undefined');
    }
  });

  it('names none where a person has decided, or nobody is asked any more', () => {
    for (const how of ['declined', 'withdrawn', 'unavailable'] as const)
      expect(textOf(how, ['page', 'terminal'])).not.toContain('npx');
  });
});
