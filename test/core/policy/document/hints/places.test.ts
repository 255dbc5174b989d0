import { expect, it } from 'vitest';
import { KEYS_OF } from '../../../../../src/core/policy/document/hints/places.js';
import * as schemas from '../../../../../src/core/policy/document/schema.js';

it.each([
  ['policy', schemas.policySchema],
  ['section', schemas.sectionSchema],
  ['rate_limit', schemas.rateLimitSchema],
  ['budget', schemas.budgetSchema],
  ['approvals', schemas.approvalsSchema],
  ['audit', schemas.auditSchema],
  ['test', schemas.testSchema],
] as const)('the keys of %s are those of the schema', (kind, schema) => {
  expect(KEYS_OF[kind]).toEqual(Object.keys(schema.shape));
});

it('and so are those of a rule, with the one of tools', () => {
  expect(KEYS_OF.rule).toEqual([...Object.keys(schemas.ruleSchema.shape), 'category']);
});
