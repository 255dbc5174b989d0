import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/core/policy/compile/compile.js';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import { normalUri } from '../../../../src/core/policy/decide/normal-uri.js';
import { sampleCall } from '../../../../src/core/policy/decide/sample-call.js';
import { combine } from '../../../../src/core/policy/decide/settle.js';
import type { PolicyDocument } from '../../../../src/core/policy/document/document.js';

describe('a URI as a server may read it', () => {
  it.each([
    ['file:///etc/passwd', 'file:///etc/passwd'],
    ['FILE:///etc/passwd', 'file:///etc/passwd'],
    ['file://localhost/etc/passwd', 'file:///etc/passwd'],
    ['file:/etc/passwd', 'file:///etc/passwd'],
    ['file:///x/../etc/passwd', 'file:///etc/passwd'],
    ['file:///../etc/passwd', 'file:///etc/passwd'],
    ['file:///%65tc/passwd', 'file:///etc/passwd'],
    ['file:///%2565tc/passwd', 'file:///etc/passwd'],
    ['file:////etc/passwd', 'file:///etc/passwd'],
    ['file:///./etc/passwd', 'file:///etc/passwd'],
    ['file:///etc\\passwd', 'file:///etc/passwd'],
    ['/etc/passwd', 'file:///etc/passwd'],
    [' file:///etc/passwd ', 'file:///etc/passwd'],
    ['https://EXAMPLE.com/a/../b?q=../c', 'https://example.com/b?q=../c'],
    ['demo://resource/static/document/', 'demo://resource/static/document/'],
  ])('%s', (uri, expected) => {
    expect(normalUri(uri)).toBe(expected);
  });
});

describe('resources that are denied', () => {
  const document: PolicyDocument = {
    version: 1,
    default: 'allow',
    resources: { 'file:///etc/*': 'deny', 'file:///home/*': 'allow' },
  };
  const { policy } = compile([[{ source: 'p', document, lineOf: () => undefined }]], 's', () => ({
    flaw: 'none',
  }));
  const actionOf = (uri: string) => {
    const call = sampleCall({ kind: 'resource', name: uri, argumentsText: '{}', server: 's', now: 0 });
    return combine(decide(policy, call)).action;
  };

  it.each([
    'file:///etc/passwd',
    'file://localhost/etc/passwd',
    'file:///home/../etc/passwd',
    'file:///%65tc/passwd',
    '/etc/passwd',
  ])('%s', (uri) => {
    expect(actionOf(uri)).toBe('deny');
  });

  it.each(['file:///home/me/etc/passwd', 'file:///opt/x', 'demo://etc/x'])('%s is not', (uri) => {
    expect(actionOf(uri)).toBe('allow');
  });
});
