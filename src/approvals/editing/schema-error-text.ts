/** What a validator of JSON Schema says of one place. */
export interface SchemaError {
  /** A JSON Pointer as a URI fragment: `#/a/0`. */
  instanceLocation: string;
  keyword: string;
  error: string;
}

const LONGEST = 400;

/** These only say that something further inside is wrong; that comes after them. */
const OUTER: ReadonlySet<string> = new Set([
  '$ref',
  '$recursiveRef',
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'dependentSchemas',
  'prefixItems',
  'items',
  'additionalItems',
  'unevaluatedItems',
  'allOf',
  'if',
]);

/** The first of the errors that says what is wrong, as one sentence for a person; undefined when there are none. */
export function schemaErrorText(errors: readonly SchemaError[]): string | undefined {
  const told = errors.find(({ keyword }) => !OUTER.has(keyword)) ?? errors.at(-1);
  if (told === undefined) return undefined;
  const { instanceLocation, keyword, error } = told;
  const path = instanceLocation.slice(1);
  const sentence = `${path === '' ? 'The arguments' : `At ${path}`}: ${wording(keyword, error)}.`;
  // Parts of it are the server's.
  const plain = sentence.slice(0, 10 * LONGEST).replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST).replace(/\p{Cs}$/u, '')}…` : plain;
}

/** The validator's words, with what it calls an instance said plainly. */
function wording(keyword: string, error: string): string {
  if (keyword === 'false') return 'this is not allowed here';
  const [, is, expected] = /^Instance type "(.*?)" is invalid\. Expected "(.*)"\.$/.exec(error) ?? [];
  if (is !== undefined)
    return `this is of type ${is}, and ${expected?.replaceAll('", "', ' or ')} is expected`;
  const [, missing] = /^Instance does not have required property "(.*)"\.$/s.exec(error) ?? [];
  if (missing !== undefined) return `"${missing}" is missing`;
  return error
    .replace(/^Instance\b/, 'this')
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase())
    .replace(/\.$/, '');
}
