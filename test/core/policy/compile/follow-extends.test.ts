import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/core/policy/compile/compile.js';
import { followExtends } from '../../../../src/core/policy/compile/follow-extends.js';
import type { SourcedDocument } from '../../../../src/core/policy/document/chain.js';

const document = (source: string, base?: string): SourcedDocument => ({
  source,
  document: { version: 1, extends: base },
  lineOf: () => undefined,
});

describe('what a policy extends', () => {
  it('comes after it, presets by their names', () => {
    const read = (base: string) => (base === './base.yaml' ? document('base.yaml', 'strict') : undefined);
    const { chain, diagnostics } = followExtends(document('own.yaml', './base.yaml'), read);
    expect(chain.map(({ source }) => source)).toEqual(['own.yaml', 'base.yaml', 'preset strict']);
    expect(diagnostics).toEqual([]);
  });

  it('is nothing for most', () => expect(followExtends(document('own.yaml')).chain).toHaveLength(1));

  it('is a flaw where it cannot be found', () => {
    const { diagnostics } = followExtends(document('own.yaml', './gone.yaml'));
    expect(diagnostics).toMatchObject([
      {
        severity: 'error',
        place: { source: 'own.yaml', pointer: '/extends' },
        message: "'./gone.yaml' is not a preset, and was not found",
      },
    ]);
  });

  it('is a flaw where it never ends', () => {
    const { chain, diagnostics } = followExtends(document('own.yaml', './own.yaml'), () =>
      document('own.yaml', './own.yaml'),
    );
    expect([chain.length, diagnostics[0]?.message]).toEqual([16, 'more than 16 policies extend each other']);
  });

  it('is missed by compile, which would otherwise judge without it', () => {
    const none = () => ({ flaw: 'no conditions' });
    const own = {
      ...document('own.yaml'),
      document: { version: 1, default: 'allow', extends: 'strict' },
    } as const;
    expect(compile([[own]], 'server', none).diagnostics).toMatchObject([
      { place: { source: 'own.yaml', pointer: '/extends' } },
    ]);
    expect(compile([followExtends(own).chain], 'server', none).diagnostics).toEqual([]);
  });
});
