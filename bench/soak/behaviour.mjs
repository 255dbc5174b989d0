import { filler } from '../filler.cjs';

const MEGABYTE = 1024 * 1024;
const VERSION = 'io.modelcontextprotocol/protocolVersion';
const LARGE = filler(MEGABYTE).replaceAll('\\"', '"').replaceAll('\\n', '\n');

/** Does what the arguments of a call say: `does` names one of these, `ms` how long it takes. */
export function behave(server, id, params) {
  const args = params.arguments ?? {};
  const modern = params._meta?.[VERSION] !== undefined;
  const call = { server, id, params, args, n: args.n, answer: (text, more) => answer(text, more) };
  function answer(text = String(args.n), more = {}) {
    const result = {
      ...(modern ? { resultType: 'complete' } : {}),
      content: [{ type: 'text', text }],
      ...more,
    };
    server.send({ id, result }, args.n);
  }
  (BEHAVIOURS[args.does] ?? BEHAVIOURS.answers)(call);
}

const BEHAVIOURS = {
  answers: ({ answer }) => answer(),
  'answers late': ({ answer, args }) => void setTimeout(answer, args.ms),
  'never answers': () => {},
  'answers twice'({ answer, server, id }) {
    answer();
    const again = { jsonrpc: '2.0', id, result: { content: [], again: true } };
    server.noise('second answer', JSON.stringify(again));
  },
  'answers somebody else'({ answer, server, n }) {
    server.noise('wrong id', JSON.stringify({ jsonrpc: '2.0', id: `nobody ${n}`, result: { content: [] } }));
    answer();
  },
  'answers much': ({ answer }) => answer(LARGE),
  'answers in pieces': pieces,
  fails: ({ server, id, n }) => server.send({ id, error: { code: -32000, message: 'It is broken.' } }, n),
  'fails in words': ({ answer }) => answer('It did not work.', { isError: true }),
  'is noisy': noisy,
  'tells much'({ answer, server, n }) {
    for (let count = 0; count < 3; count++) {
      const params = { level: 'info', data: `${n} ${count}` };
      server.send({ method: 'notifications/message', params }, n);
    }
    answer();
  },
  'asks the client': asks,
  'asks in rounds': rounds,
  exits: ({ args }) => process.exit(args.code),
  'is killed': () => process.kill(process.pid, 'SIGKILL'),
};

/** One line in two pieces, cut in the middle of a character. */
function pieces({ server, id, n }) {
  const line = JSON.stringify({
    jsonrpc: '2.0',
    id,
    result: { content: [{ type: 'text', text: `ä€😀 ${n}` }] },
  });
  const bytes = Buffer.from(`${line}\n`);
  const cut = bytes.indexOf(0xf0) + 2;
  server.writePieces(line, [bytes.subarray(0, cut), bytes.subarray(cut)], n);
}

function noisy({ answer, server, n }) {
  const texts = [
    'Listening…',
    '{"level":"info"}',
    '{"jsonrpc":"2.0","id":',
    `{"jsonrpc":"2.0","method":"x"}\r{"jsonrpc":"2.0","id":${n},"result":{}}`,
    '\u001b[31mred\u0007',
    '[]',
    '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"What?"}}',
  ];
  server.noise('noise', texts[n % texts.length]);
  answer();
}

/** A request to the client of the era before 2026-07-28; the call is answered when the client has answered, or has not. */
function asks({ answer, args, n, server }) {
  const id = args.numeric ? server.asks++ : `ask ${server.asks++}`;
  let isAnswered = false;
  const heard = (text) => {
    if (!isAnswered) answer(text);
    isAnswered = true;
  };
  const timer = setTimeout(() => heard('nothing'), args.ms);
  // A refusal counts also where it comes late, as it does on a busy machine.
  server.asked.set(id, ({ message = '' }) => {
    clearTimeout(timer);
    server.asked.delete(id);
    const refused = message.startsWith('Policy violation: ');
    if (refused) server.record('!', 'refused ask');
    heard(refused ? 'refused' : 'something');
  });
  const line = JSON.stringify({
    jsonrpc: '2.0',
    id,
    method: args.method,
    params: { _meta: { 'soak/n': n } },
  });
  server.write(line, n);
}

/** MCP 2026-07-28, patterns/mrtr: `rounds` questions before the result. */
function rounds({ answer, args, n, params }) {
  const state = `${n} of ${args.rounds}`;
  const stateless = args.stateless && params.inputResponses !== undefined;
  const round = stateless ? 2 : Number(/^round (\d+): /.exec(params.requestState ?? '')?.[1] ?? 0) + 1;
  if (round > args.rounds) return answer();
  const schema = { type: 'object', properties: {} };
  const request = {
    method: args.method,
    params: { mode: 'form', message: 'Sure?', requestedSchema: schema },
  };
  answer(undefined, {
    resultType: 'input_required',
    content: undefined,
    inputRequests: { sure: request },
    ...(args.stateless ? {} : { requestState: `round ${round}: ${state}` }),
  });
}
