import { fromJsonSchema } from '@modelcontextprotocol/server';
import { audioPart, imagePart, resourcePart, text, textPart } from './samples.mjs';

/** One tool for each kind of content that a result can hold, one that fails, one with a schema of its own. */
export function addContentTools(server) {
  const tool = (name, description, parts) =>
    server.registerTool(name, { description }, () => ({ content: parts }));
  tool('test_simple_text', 'Answers with a text.', [textPart('This is a simple text response for testing.')]);
  tool('test_image_content', 'Answers with an image.', [imagePart()]);
  tool('test_audio_content', 'Answers with a sound.', [audioPart()]);
  tool('test_embedded_resource', 'Answers with a resource.', [
    resourcePart('test://embedded-resource', 'text/plain', 'This is an embedded resource content.'),
  ]);
  tool('test_multiple_content_types', 'Answers with a text, an image and a resource.', [
    textPart('Multiple content types test:'),
    imagePart(),
    resourcePart('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
  ]);
  server.registerTool('test_error_handling', { description: 'Fails.' }, () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
  server.registerTool(
    'json_schema_2020_12_tool',
    {
      description: 'Has a schema with keywords of JSON Schema 2020-12.',
      inputSchema: fromJsonSchema(SCHEMA),
    },
    (args) => text(`Called with ${JSON.stringify(args)}`),
  );
}

/** Each keyword here has to reach the client as it is. */
const SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};
