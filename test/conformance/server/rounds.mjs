import { randomBytes } from 'node:crypto';
import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  inputRequired,
  inputResponse,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { text } from './samples.mjs';

/** What the server gives out of hand between two rounds, signed. */
export const states = createRequestStateCodec({ key: randomBytes(32) });

const NAME = z.object({ name: z.string() });
const COLOR = z.object({ color: z.string() });
const OK = z.object({ ok: z.boolean() });

const ask = (message, requestedSchema) => inputRequired.elicit({ message, requestedSchema });
const sample = (words, maxTokens) =>
  inputRequired.createMessage({
    messages: [{ role: 'user', content: { type: 'text', text: words } }],
    maxTokens,
  });

/** Tools that ask in the way of 2026-07-28: the call is answered with what is missing, and comes again with it. */
export function addRoundTools(server) {
  const tool = (name, description, run) =>
    server.registerTool(`test_${name}`, { description }, ({ mcpReq }) => run(mcpReq));
  tool('input_required_result_elicitation', 'Asks for a name.', ({ inputResponses }) => {
    const answer = acceptedContent(inputResponses, 'user_name', NAME);
    if (answer) return text(`Hello, ${answer.name}!`);
    return inputRequired({ inputRequests: { user_name: ask('What is your name?', NAME) } });
  });
  tool('input_required_result_sampling', 'Asks the model.', ({ inputResponses }) => {
    const answer = inputResponse(inputResponses, 'capital_question');
    if (answer.kind === 'sampling') return text(answer.result.content.text);
    const capital_question = sample('What is the capital of France?', 100);
    return inputRequired({ inputRequests: { capital_question } });
  });
  tool('input_required_result_list_roots', 'Asks for the roots.', ({ inputResponses }) => {
    const answer = inputResponse(inputResponses, 'client_roots');
    if (answer.kind === 'roots') return text(`Roots: ${answer.roots.map(({ uri }) => uri).join(', ')}`);
    return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
  });
  tool('input_required_result_request_state', 'Asks to confirm, with a state.', confirmed);
  tool('input_required_result_tampered_state', 'Asks to confirm, with a signed state.', confirmed);
  tool('input_required_result_multiple_inputs', 'Asks three things at once.', askedTogether);
  tool('input_required_result_multi_round', 'Asks twice.', askedTwice);
  tool('input_required_result_capabilities', 'Asks what the client can answer.', askedWhatIsPossible);
  tool('missing_capability', 'Needs a client with a model.', ({ inputResponses }) => {
    if (inputResponse(inputResponses, 'greeting').kind === 'sampling') return text('The client has a model');
    return inputRequired({ inputRequests: { greeting: sample('Generate a greeting', 50) } });
  });
}

async function confirmed({ inputResponses, requestState }) {
  const answer = acceptedContent(inputResponses, 'confirm', OK);
  if (answer && requestState() !== undefined) return text('state-ok');
  const inputRequests = { confirm: ask('Please confirm', OK) };
  return inputRequired({ inputRequests, requestState: await states.mint('waiting') });
}

async function askedTogether({ inputResponses, requestState }) {
  const kinds = ['user_name', 'greeting', 'client_roots'].map(
    (key) => inputResponse(inputResponses, key).kind,
  );
  if (!kinds.includes('missing') && requestState() !== undefined) return text(`Got ${kinds.join(', ')}`);
  const inputRequests = {
    user_name: ask('What is your name?', NAME),
    greeting: sample('Generate a greeting', 50),
    client_roots: inputRequired.listRoots(),
  };
  return inputRequired({ inputRequests, requestState: await states.mint('waiting') });
}

async function askedTwice({ inputResponses, requestState }) {
  const known = requestState();
  const first = acceptedContent(inputResponses, 'step1', NAME);
  const second = acceptedContent(inputResponses, 'step2', COLOR);
  if (known?.name && second) return text(`${known.name} likes ${second.color}`);
  if (known && first) {
    const step2 = ask('Step 2: What is your favorite color?', COLOR);
    return inputRequired({ inputRequests: { step2 }, requestState: await states.mint({ name: first.name }) });
  }
  const step1 = ask('Step 1: What is your name?', NAME);
  return inputRequired({ inputRequests: { step1 }, requestState: await states.mint({}) });
}

function askedWhatIsPossible({ envelope, inputResponses }) {
  if (inputResponses) return text('Got what was possible');
  const { elicitation, sampling } = capabilitiesOf(envelope);
  const inputRequests = {
    ...(elicitation && { user_name: ask('What is your name?', NAME) }),
    ...(sampling && { greeting: sample('Generate a greeting', 50) }),
  };
  return inputRequired({ inputRequests });
}

function capabilitiesOf(envelope) {
  return envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? {};
}
