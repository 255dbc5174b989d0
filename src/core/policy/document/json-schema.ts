import * as z from 'zod/mini';
import { policySchema } from './schema.js';

/**
 * The JSON Schema (draft 2020-12) of a policy file, for editors and for `policy-wrap schema`. Written down once, when
 * the program is built.
 */
export function policyJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(policySchema, { io: 'input', reused: 'inline' });
  return { ...schema, title: 'policy-wrap policy' };
}
