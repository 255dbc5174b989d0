// The declarations of a policy for the library's users: the types of `document.ts` are inferred by the schema library, which
// they do not have. Made of the published JSON Schema, so that the descriptions of keys are where an editor shows them.

/** The text of `document.d.ts`. @param {object} schema the JSON Schema of a policy */
export function policyDeclarations(schema) {
  const { $defs, ...policy } = schema;
  const definitions = {
    ...$defs,
    Policy: { ...policy, description: 'A policy file as a person writes it.' },
  };
  const resolve = (reference) => {
    const id = reference.slice('#/$defs/'.length);
    const definition = definitions[id];
    return { name: isPlain(definition) ? id : `${id}Document`, description: definition.description };
  };
  return Object.entries(definitions)
    .map(([id, definition]) => declaration(resolve(`#/$defs/${id}`).name, definition, resolve))
    .join('\n');
}

/** Words, numbers and texts, and no map. */
function isPlain(definition) {
  return !/"(?:\$ref|properties)":/.test(JSON.stringify(definition));
}

function declaration(name, definition, resolve) {
  const start = comment(definition, '');
  return definition.type === 'object' && definition.properties
    ? `${start}export interface ${name} ${members(definition, resolve, '')}\n`
    : `${start}export type ${name} = ${typeOf(definition, resolve, '')};\n`;
}

function comment({ description }, indent) {
  return description === undefined ? '' : `${indent}/** ${description.replaceAll('*/', '*\\/')} */\n`;
}

function members({ properties, required = [] }, resolve, indent) {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([key, value]) => {
    const type = typeOf(value, resolve, inner);
    const member = required.includes(key) ? `${key}: ${type}` : `${key}?: ${type} | undefined`;
    const described = value.description === undefined && value.$ref ? resolve(value.$ref) : value;
    return `${comment(described, inner)}${inner}${member};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

/** The type of the values that a part of the schema accepts. Throws for what no policy needs yet. */
function typeOf(schema, resolve, indent) {
  if (schema.$ref !== undefined) return resolve(schema.$ref).name;
  if (schema.anyOf !== undefined)
    return schema.anyOf.map((each) => typeOf(each, resolve, indent)).join(' | ');
  const words = schema.enum ?? ('const' in schema ? [schema.const] : undefined);
  if (words !== undefined) return words.map((word) => JSON.stringify(word)).join(' | ');
  switch (schema.type) {
    case 'object':
      if (schema.properties !== undefined) return members(schema, resolve, indent);
      return `Record<string, ${typeOf(schema.additionalProperties, resolve, indent)}>`;
    case 'array':
      return listOf(typeOf(schema.items, resolve, indent));
    case 'integer':
      return 'number';
    case 'number':
    case 'string':
    case 'boolean':
      return schema.type;
  }
  if (Object.keys(schema).length === 0) return 'unknown';
  throw new Error(`no type is known for ${JSON.stringify(schema)}`);
}

function listOf(type) {
  return type.includes(' | ') ? `(${type})[]` : `${type}[]`;
}
