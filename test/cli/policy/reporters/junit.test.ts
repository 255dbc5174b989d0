import { describe, expect, it } from 'vitest';
import { junit } from '../../../../src/cli/policy/reporters/junit.js';
import { PolicyError } from '../../../../src/config/policy-error.js';

const PASSED = {
  passed: true,
  expected: 'deny',
  actual: 'deny',
  place: { pointer: '/tests/0', source: 'a.yaml', line: 11 },
};

describe('junit', () => {
  it('is one suite for each file and one case for each test, with its place', () => {
    const results = [
      { ...PASSED, name: 'delete_broker' },
      {
        name: 'list {"a":1}',
        passed: false,
        expected: 'allow x10, limited',
        actual: 'allow x11',
        decidedBy: '/tools/list (a.yaml:3)',
        place: { pointer: '/tests/1', source: 'a.yaml', line: 12 },
      },
      { ...PASSED, name: 'pay', passed: false, note: "the reason is 'no'" },
    ];
    expect(
      junit([
        { file: 'a.yaml', digest: 'd1g3st', results },
        { file: 'b.yaml', results: [] },
      ]),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="a.yaml" tests="3" failures="2">
    <properties><property name="policy-digest" value="d1g3st"/></properties>
    <testcase classname="a.yaml" name="delete_broker" file="a.yaml" line="11"/>
    <testcase classname="a.yaml" name="list {&quot;a&quot;:1}" file="a.yaml" line="12">
      <failure message="expected allow x10, limited, got allow x11, decided by /tools/list (a.yaml:3)"/>
    </testcase>
    <testcase classname="a.yaml" name="pay" file="a.yaml" line="11">
      <failure message="expected deny, got deny; the reason is &apos;no&apos;"/>
    </testcase>
  </testsuite>
  <testsuite name="b.yaml" tests="0" failures="0">
  </testsuite>
</testsuites>`);
  });

  it('says what is wrong with a policy that cannot be used', () => {
    const place = { pointer: '/default', source: 'a.yaml', line: 2, column: 10 };
    const error = new PolicyError([
      { severity: 'error', message: "unknown action 'alow'", help: undefined, place },
    ]);
    const xml = junit([{ file: 'a.yaml', results: [], error }]);
    expect(xml).toContain('<testsuite name="a.yaml" tests="1" failures="0" errors="1">');
    expect(xml).toContain('<error message="a.yaml:2:10: unknown action &apos;alow&apos; (/default)">');
  });

  it.each<[string, string]>([
    ['<b>&"\'', '&lt;b&gt;&amp;&quot;&apos;'],
    ['a\u0000b\u0008c\u001bd', 'a\\u{0}b\\u{8}c\\u{1b}d'],
    ['a\ud800b\ufffe\uffff', 'a\\u{d800}b\\u{fffe}\\u{ffff}'],
    ['a\u009b31m\u202eb', 'a\\u{9b}31m\\u{202e}b'],
    ['\u{1f600} ä', '\u{1f600} ä'],
    [']]>', ']]&gt;'],
  ])('writes %j as XML may hold it', (name, written) => {
    const xml = junit([{ file: name, results: [{ ...PASSED, name }] }]);
    expect(xml).toContain(`<testcase classname="${written}" name="${written}" file=`);
  });
});
