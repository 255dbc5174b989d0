import type { Watched } from './aftermath.js';

/** Says what kind of client it is: one that can ask its user. */
export async function canAsk(watched: Watched): Promise<void> {
  await watched.request('start', 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: { elicitation: {} },
    clientInfo: { name: 'test', version: '1' },
  });
}

/** Leaves a call waiting for a person who says nothing. Returns the id of the question. */
export async function heldCall(watched: Watched, id: string | number, tool = 'ask_this'): Promise<string> {
  await canAsk(watched);
  watched.send({ id, method: 'tools/call', params: { name: tool, arguments: { id } } });
  const question = await watched.until<{ id: string }>(({ method }) => method === 'elicitation/create');
  return question.id;
}
