import { isRecord } from '../../../json/is-record.js';
import { targetOf } from '../../schema-reference.js';

/** A parameter, or a member of one, as its schema has it. */
export interface SchemaPart {
  name: string;
  schema: Readonly<Record<string, unknown>>;
  /** Has to be given, as far as its own object says. */
  required: boolean;
  /** The names that are beside it. */
  beside: Readonly<Record<string, unknown>>;
  /** It is one of the tool's own parameters, and not a member of one. */
  outer: boolean;
}

/** As many as a tool may have in earnest; those that come later are not looked at. */
const MOST_PARTS = 400;
/** Objects and lists in each other, and what they refer to. */
const DEEPEST = 8;

/** All that an inputSchema names, wherever in it that is: in objects, in lists, behind references, in each of several ways to call the tool. */
export function partsOfSchema(root: unknown): SchemaPart[] {
  const found: SchemaPart[] = [];
  const seen = new Set<unknown>();
  const look = (schema: unknown, depth: number, outer: boolean): void => {
    if (!isRecord(schema) || depth > DEEPEST || found.length >= MOST_PARTS || seen.has(schema)) return;
    seen.add(schema);
    const { properties, required, items } = schema;
    if (isRecord(properties)) {
      const inner: unknown[] = [];
      for (const name in properties) {
        if (found.length >= MOST_PARTS) break;
        const own = resolved(properties[name], root);
        if (!isRecord(own)) continue;
        const isRequired = Array.isArray(required) && required.includes(name);
        found.push({ name, schema: own, required: isRequired, beside: properties, outer });
        inner.push(own);
      }
      for (const own of inner) look(own, depth + 1, false);
    }
    if ('$ref' in schema) look(targetOf(schema['$ref'], root), depth + 1, outer);
    for (const key of ['allOf', 'anyOf', 'oneOf', 'prefixItems'])
      if (Array.isArray(schema[key]))
        for (const part of schema[key].slice(0, MOST_PARTS))
          look(part, depth + 1, outer && key !== 'prefixItems');
    look(items, depth + 1, false);
    look(schema['additionalProperties'], depth + 1, false);
  };
  look(root, 0, true);
  return found;
}

/** A schema that is only a reference is what that leads to. */
function resolved(schema: unknown, root: unknown): unknown {
  if (!isRecord(schema) || typeof schema['$ref'] !== 'string') return schema;
  const target = targetOf(schema['$ref'], root);
  return isRecord(target) ? { ...target, ...schema } : schema;
}
