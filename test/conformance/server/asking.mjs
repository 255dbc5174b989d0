import * as z from 'zod';
import { text } from './samples.mjs';

/** Tools that ask the client in the way of before 2026-07-28: with a request of the server. */
export function addAskingTools(server) {
  server.registerTool(
    'test_sampling',
    { description: 'Asks the model of the client.', inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt }, { mcpReq }) => {
      const messages = [{ role: 'user', content: { type: 'text', text: prompt } }];
      const { content } = await mcpReq.requestSampling({ messages, maxTokens: 100 });
      return text(`LLM response: ${content.type === 'text' ? content.text : content.type}`);
    },
  );
  server.registerTool(
    'test_elicitation',
    { description: 'Asks the user.', inputSchema: z.object({ message: z.string() }) },
    async ({ message }, { mcpReq }) => {
      const { action, content } = await mcpReq.elicitInput({ message, requestedSchema: PERSON });
      return text(`User response: action=${action}, content=${JSON.stringify(content)}`);
    },
  );
  addForm(server, 'test_elicitation_sep1034_defaults', 'Asks with a form that has defaults.', DEFAULTS);
  addForm(server, 'test_elicitation_sep1330_enums', 'Asks with a form of choices.', CHOICES);
}

function addForm(server, name, description, properties) {
  server.registerTool(name, { description }, async ({ mcpReq }) => {
    const requestedSchema = { type: 'object', properties };
    const { action, content } = await mcpReq.elicitInput({ message: description, requestedSchema });
    return text(`Elicitation completed: action=${action}, content=${JSON.stringify(content)}`);
  });
}

const PERSON = {
  type: 'object',
  properties: {
    username: { type: 'string', description: "User's response" },
    email: { type: 'string', description: "User's email address" },
  },
  required: ['username', 'email'],
};

const DEFAULTS = {
  name: { type: 'string', default: 'John Doe' },
  age: { type: 'integer', default: 30 },
  score: { type: 'number', default: 95.5 },
  status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
  verified: { type: 'boolean', default: true },
};

const CHOICES = {
  untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
  titledSingle: { type: 'string', oneOf: titled('Option') },
  legacyEnum: {
    type: 'string',
    enum: ['opt1', 'opt2', 'opt3'],
    enumNames: ['Option One', 'Option Two', 'Option Three'],
  },
  untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
  titledMulti: { type: 'array', items: { anyOf: titled('Choice') } },
};

function titled(noun) {
  return ['First', 'Second', 'Third'].map((ordinal, index) => ({
    const: `value${index + 1}`,
    title: `${ordinal} ${noun}`,
  }));
}
