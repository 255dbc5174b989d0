import { setTimeout as sleep } from 'node:timers/promises';
import type { Wrapped } from '../../e2e/program.js';
import { type Channel, heldCalls, type Inbox, initialize, line, PERSON, type Reply } from './channel.js';

interface Question {
  id: string;
  method?: string;
  params: { message: string };
}

const content = { approve: { decision: 'allow_once' }, deny: { decision: 'deny' } };
const isAbout = (n: number, message: string) => new RegExp(`"n":${n}[,}]`).test(message);

/** The client asks, until 2025-11-25. */
export const legacyElicitation: Channel = {
  name: 'elicitation before 2026-07-28',
  givesReasons: false,
  holds: true,
  showsLong: false,
  approvals: () => 'via: [elicitation]',
  async open(_place, wrapped) {
    await initialize(wrapped, { elicitation: {} });
    const asked = (n: number) =>
      wrapped.until<Question>(
        ({ method, params }) =>
          method === 'elicitation/create' && isAbout(n, (params as Question['params']).message),
      );
    return {
      ...heldCalls(wrapped),
      asked: async (n) => void (await asked(n)),
      shown: async (n) => (await asked(n)).params.message,
      async answer(n, decision) {
        await sleep(PERSON);
        wrapped.send({ id: (await asked(n)).id, result: { action: 'accept', content: content[decision] } });
        return true;
      },
      waiting: async () => openQuestions(wrapped),
    };
  },
};

/** Those that the client was asked and that were not taken back. */
function openQuestions(wrapped: Wrapped): number {
  const messages = wrapped.lines.map((text) => JSON.parse(text) as { method?: string });
  const count = (name: string) => messages.filter(({ method }) => method === name).length;
  return count('elicitation/create') - count('notifications/cancelled');
}

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } },
};

interface InputRequired {
  result: {
    requestState: string;
    inputRequests: { 'policy-wrap:approval': { params: { message: string } } };
  };
}

/** The call is answered with the question, from 2026-07-28 on. */
export const modernElicitation: Channel = {
  name: 'elicitation from 2026-07-28 on',
  givesReasons: false,
  holds: false,
  showsLong: false,
  approvals: () => 'via: [elicitation]',
  async open(_place, wrapped): Promise<Inbox> {
    const calls = new Map<number, string>();
    let retries = 0;
    const last = new Map<number, string>();
    const meta = `,"_meta":${JSON.stringify(META)}`;
    const asked = (n: number) => wrapped.answer<InputRequired>(n);
    return {
      call(n, argumentsText) {
        calls.set(n, argumentsText);
        wrapped.sendLine(line(n, argumentsText, meta));
      },
      asked: async (n) => void (await asked(n)),
      async shown(n) {
        const { result } = await asked(n);
        return result.inputRequests['policy-wrap:approval'].params.message;
      },
      async answer(n, decision) {
        await sleep(PERSON);
        const { requestState } = (await asked(n)).result;
        const answer = { 'policy-wrap:approval': { action: 'accept', content: content[decision] } };
        const more = `${meta},"inputResponses":${JSON.stringify(answer)},"requestState":${JSON.stringify(requestState)}`;
        const id = `${n}.${retries++}`;
        if (!last.has(n)) last.set(n, id);
        wrapped.sendLine(line(id, calls.get(n) ?? '', more));
        const { result } = await wrapped.answer<Reply>(id);
        return result?.resultType !== 'input_required';
      },
      async reply(n) {
        const first = await wrapped.answer<Reply>(n);
        const id = last.get(n);
        return first.result?.resultType === 'input_required' && id ? wrapped.answer<Reply>(id) : first;
      },
      cancel: () => {},
      waiting: async () => 0,
    };
  },
};
