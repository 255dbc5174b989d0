import { acceptedContent, completable, inputRequired } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { imagePart, resourcePart, textPart } from './samples.mjs';

/** One prompt for each kind of content, one with arguments, one that asks first. */
export function addPrompts(server) {
  server.registerPrompt('test_simple_prompt', { description: 'One text.' }, () =>
    messages(textPart('This is a simple prompt for testing.')),
  );
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'Two arguments in a text.', argsSchema: ARGUMENTS },
    ({ arg1, arg2 }) => messages(textPart(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'A resource and a text.', argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri }) =>
      messages(
        resourcePart(resourceUri, 'text/plain', 'Embedded resource content for testing.'),
        textPart('Please process the embedded resource above.'),
      ),
  );
  server.registerPrompt('test_prompt_with_image', { description: 'An image and a text.' }, () =>
    messages(imagePart(), textPart('Please analyze the image above.')),
  );
  server.registerPrompt(
    'test_input_required_result_prompt',
    { description: 'Asks for the context first.' },
    ({ mcpReq }) => {
      const answer = acceptedContent(mcpReq.inputResponses, 'user_context', CONTEXT);
      if (answer) return messages(textPart(`In the context of ${answer.context}`));
      const message = 'What context should the prompt use?';
      const user_context = inputRequired.elicit({ message, requestedSchema: CONTEXT });
      return inputRequired({ inputRequests: { user_context } });
    },
  );
}

const CONTEXT = z.object({ context: z.string() });
const ARGUMENTS = z.object({
  arg1: completable(z.string().describe('First test argument'), (value) =>
    ['paris', 'park', 'party', 'testing'].filter((word) => word.startsWith(value)),
  ),
  arg2: z.string().describe('Second test argument'),
});

function messages(...parts) {
  return { messages: parts.map((content) => ({ role: 'user', content })) };
}
