import { constants } from 'node:os';

const ended = (signal) => 128 + constants.signals[signal];
const KILLED = ended('SIGKILL');
const EXIT_CODE = 7;

const isStubborn = ({ server }) => server.includes('stubborn');

/**
 * What ends a session. `strike` does it; `codes` are the exit codes that are right then; `deaf`: the client reads no
 * more, so nobody can tell which answers would have come; `waits`: calls that are under way are answered first.
 */
export const FAULTS = {
  'the server is killed': {
    strike: (session) => tell(session, 'is killed'),
    codes: () => [KILLED],
  },
  'the server exits': {
    strike: (session) => tell(session, 'exits'),
    codes: () => [EXIT_CODE],
  },
  'the client closes stdin': {
    waits: true,
    strike: ({ peer }) => peer.process.stdin.end(),
    codes: leaving,
  },
  'the client is gone': {
    deaf: true,
    strike({ peer }) {
      for (const stream of peer.process.stdio) stream.destroy();
    },
    codes: leaving,
  },
  SIGTERM: signal('SIGTERM'),
  SIGINT: signal('SIGINT'),
  SIGHUP: signal('SIGHUP'),
};

/** A server that is only starting does not know yet that it has to end by itself, or that it is stubborn. */
function leaving(session) {
  return [isStubborn(session) ? KILLED : 0, ...(session.early ? [ended('SIGTERM')] : [])];
}

function signal(name) {
  return {
    strike: ({ peer }) => peer.process.kill(name),
    codes: (session) =>
      isStubborn(session) ? [KILLED, ...(session.early ? [ended(name)] : [])] : [ended(name)],
  };
}

/** Tells the server, which is the last thing that it is told. */
function tell({ peer, open }, does) {
  const params = { name: 'read_note', arguments: { does, code: EXIT_CODE } };
  open.set('fatal', 0);
  peer.write(JSON.stringify({ jsonrpc: '2.0', id: 'fatal', method: 'tools/call', params }));
}
