import type { Path } from '../../../core/policy/document/describe-value.js';
import { valueAtPath } from '../../../core/policy/document/describe-value.js';
import type { PolicyDocument } from '../../../core/policy/document/document.js';
import { policySchema } from '../../../core/policy/document/schema.js';

/** What is refused may hide more that is. */
const MOST_ROUNDS = 4;
/** Of one round. */
const MOST_ISSUES = 1_000;

/**
 * What is left of a document without the parts that the schema refuses, so that the rest can be checked as well; undefined
 * where that is nothing. It must judge nothing.
 * @param value changed in place
 * @param cut the texts of which YAML has read a part alone
 */
export function validPart(value: Record<string, unknown>, cut: readonly Path[]): PolicyDocument | undefined {
  for (const path of cut) remove(value, path.slice(0, -1));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const checked = policySchema.safeParse(value);
    if (checked.success) return checked.data;
    for (const issue of checked.error.issues.slice(0, MOST_ISSUES)) {
      const path = issue.path as Path;
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : undefined;
      for (const each of keys?.map((key) => [...path, key]) ?? [path]) remove(value, each);
    }
    value['version'] = 1;
  }
  return undefined;
}

/** Lists go as a whole, since the places of what follows are known by its number. */
function remove(value: Record<string, unknown>, path: Path): void {
  const list = path.findIndex((part) => typeof part === 'number');
  const whole = list < 0 ? path : path.slice(0, list);
  const owner = valueAtPath(value, whole.slice(0, -1));
  const key = whole.at(-1);
  if (key === undefined || typeof owner !== 'object' || owner === null) return;
  // Something is missing there.
  if (!Object.hasOwn(owner, key)) remove(value, whole.slice(0, -1));
  else Reflect.deleteProperty(owner, key);
}
