import { describe, expect, it } from 'vitest';
import { junit } from '../../../src/cli/policy/junit.js';

describe('junit', () => {
  it('is one suite for each file and one case for each test', () => {
    const results = [
      { name: 'delete_broker', passed: true, expected: 'deny', actual: 'deny' },
      { name: 'list {"a":1}', passed: false, expected: 'allow x10, limited', actual: 'allow x11' },
      { name: 'pay', passed: false, expected: 'deny', actual: 'deny', note: "the reason is 'no'" },
    ];
    expect(
      junit([
        { file: 'a.yaml', results },
        { file: 'b.yaml', results: [] },
      ]),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="a.yaml" tests="3" failures="2">
    <testcase classname="a.yaml" name="delete_broker"/>
    <testcase classname="a.yaml" name="list {&quot;a&quot;:1}">
      <failure message="expected allow x10, limited, got allow x11"/>
    </testcase>
    <testcase classname="a.yaml" name="pay">
      <failure message="expected deny, got deny; the reason is &apos;no&apos;"/>
    </testcase>
  </testsuite>
  <testsuite name="b.yaml" tests="0" failures="0">
  </testsuite>
</testsuites>`);
  });

  it.each<[string, string]>([
    ['<b>&"\'', '&lt;b&gt;&amp;&quot;&apos;'],
    ['a\u0000b\u0008c\u001bd', 'abcd'],
    ['a\ud800b\ufffe\uffff', 'ab'],
    ['\u{1f600} ä', '\u{1f600} ä'],
    [']]>', ']]&gt;'],
  ])('writes %j as XML may hold it', (name, written) => {
    const xml = junit([{ file: name, results: [{ name, passed: true, expected: '', actual: '' }] }]);
    expect(xml).toContain(`<testcase classname="${written}" name="${written}"/>`);
  });
});
