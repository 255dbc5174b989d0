import { text } from './samples.mjs';

/** Tools that change what the server lists, so that who listens is told. */
export function addChangingTools(server) {
  const tool = server.registerTool('test_added_tool', { description: 'Comes and goes.' }, () => text('here'));
  tool.disable();
  const message = { role: 'user', content: { type: 'text', text: 'here' } };
  const prompt = server.registerPrompt('test_added_prompt', { description: 'Comes and goes.' }, () => ({
    messages: [message],
  }));
  prompt.disable();
  addToggle(server, 'test_trigger_tool_change', 'Lists one tool more or less.', tool);
  addToggle(server, 'test_trigger_prompt_change', 'Lists one prompt more or less.', prompt);
}

function addToggle(server, name, description, entry) {
  server.registerTool(name, { description }, () => {
    if (entry.enabled) entry.disable();
    else entry.enable();
    return text('Changed');
  });
}
