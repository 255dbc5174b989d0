import { EXIT } from '../../platform/user-error.js';
import { command } from './definition.js';

const demo = command({
  name: 'demo',
  group: 'start',
  summary: 'show an MCP client, policy-wrap and an example server at work',
  examples: ['demo'],
  load: async () => (await import('../demo/demo.js')).demo,
});

/** What the demo wraps. */
const exampleServer = command({
  name: 'example-server',
  summary: 'be the example server of the demo, on stdin and stdout',
  examples: ['example-server'],
  load: async () => {
    const { serve } = await import('../demo/demo.js');
    return async () => {
      await serve();
      return EXIT.fine;
    };
  },
});

/** The commands that show policy-wrap at work. */
export const demoCommands = [demo, exampleServer] as const;
