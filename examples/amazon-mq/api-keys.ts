import { nextNumber } from './account.js';
import { Refusal } from './refusal.js';
import { nullable, type ToolDefinition, text, tool } from './tool.js';

const SEVEN_DAYS = 7 * 86_400;

/** Not a tool of Amazon MQ: it comes from AWS AppSync, and stands here because agents like to make keys. */
export const apiKeys: readonly ToolDefinition[] = [
  {
    ...tool(
      'create_api_key',
      'Creates an API key for a GraphQL API, to be handed to its clients.',
      {
        api_id: text('Identifier of the GraphQL API.'),
        description: nullable('string', 'What the key is for.'),
        expires: nullable(
          'integer',
          'Unix time in seconds at which the key ends; in seven days where none is given.',
        ),
      },
      (account, input) => {
        const now = Math.floor(account.now() / 1_000);
        const expires = input.integer('expires') ?? now + SEVEN_DAYS;
        if (expires <= now) throw new Refusal('expires lies in the past.');
        const key = {
          id: `not-a-real-key-${String(nextNumber(account)).padStart(4, '0')}`,
          apiId: input.text('api_id'),
          description: input.text('description'),
          expires,
        };
        account.apiKeys.push(key);
        return { apiKey: { id: key.id, description: key.description, expires: key.expires } };
      },
    ),
    annotations: {
      title: 'Create API Key',
      readOnlyHint: false,
      destructiveHint: false,
      openWorldHint: false,
    },
  },
];
