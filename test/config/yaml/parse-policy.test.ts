import { describe, expect, it } from 'vitest';
import { formatDiagnostic, parsePolicy } from '../../../src/yaml.js';

describe('parsePolicy', () => {
  it('returns a document that knows its lines', () => {
    const { document, diagnostics } = parsePolicy(
      'version: 1\ndefault: deny\ntools:\n  a: allow\n',
      'own.yaml',
    );
    expect(diagnostics).toEqual([]);
    expect(document).toMatchObject({ source: 'own.yaml', document: { version: 1, default: 'deny' } });
    expect(document?.lineOf(['tools', 'a'])).toBe(4);
    expect(document?.placeOf(['default'])).toMatchObject({ line: 2, column: 1 });
  });

  it('returns everything that is wrong, and no document', () => {
    const { document, diagnostics } = parsePolicy('version: 1\ndefault: denny\ntols: {}\n', 'own.yaml');
    expect(document).toBeUndefined();
    expect(diagnostics.map(formatDiagnostic)).toEqual([
      expect.stringMatching(/^own\.yaml:2:10: .*'denny'/),
      expect.stringMatching(/^own\.yaml:3:1: .*'tols'/),
    ]);
  });

  it.each(['', '- a list', '{', '\0', 'a: &a [*a]', 'version: 1\nversion: 1'])('never throws: %j', (text) =>
    expect(parsePolicy(text, 'own.yaml').diagnostics).not.toEqual([]),
  );
});
