import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { policyText } from '../../../src/config/yaml/policy-text.js';

describe('policyText', () => {
  it.each(['\u0085', '\u2028', '\u2029', '\u202e', '\u200b', '\u{e0041}', '\ufeff'])(
    'shows %j as an escape, wherever it stands',
    (unseen) => {
      const reason = `a${unseen}b\nc "d" ${'long '.repeat(30)}${unseen}\n`;
      const document = {
        version: 1 as const,
        default: 'deny' as const,
        tools: { [`x${unseen}`]: { action: 'deny' as const, reason } },
      };
      const text = policyText(document);
      expect(text).not.toContain(unseen);
      expect(parse(text)).toEqual(document);
    },
  );

  it('leaves all that can be seen as it is', () => {
    expect(policyText({ version: 1, default: 'deny', tools: { 'löschen_😀': 'deny' } })).toBe(
      'version: 1\ndefault: deny\ntools:\n  löschen_😀: deny\n',
    );
  });
});
