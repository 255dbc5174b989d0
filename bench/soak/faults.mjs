import { constants } from 'node:os';

const KILLED = 128 + constants.signals.SIGKILL;
const EXIT_CODE = 7;

const isStubborn = ({ server }) => server.includes('stubborn');

/**
 * What ends a session. `strike` does it; `codes` are the exit codes that are right then; `deaf`: the client reads no
 * more, so nobody can tell which answers would have come; `leaves`: calls that wait for a person are withdrawn.
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
    leaves: true,
    strike: ({ peer }) => peer.process.stdin.end(),
    codes: (session) => [isStubborn(session) ? KILLED : 0],
  },
  'the client is gone': {
    deaf: true,
    strike({ peer }) {
      for (const stream of peer.process.stdio) stream.destroy();
    },
    codes: (session) => [isStubborn(session) ? KILLED : 0],
  },
  SIGTERM: signal('SIGTERM'),
  SIGINT: signal('SIGINT'),
  SIGHUP: signal('SIGHUP'),
};

function signal(name) {
  const ended = 128 + constants.signals[name];
  return {
    strike: ({ peer }) => peer.process.kill(name),
    // A server that is only starting is not stubborn yet.
    codes: (session) => (!isStubborn(session) ? [ended] : session.early ? [ended, KILLED] : [KILLED]),
  };
}

/** Tells the server, which is the last thing that it is told. */
function tell({ peer, open }, does) {
  const params = { name: 'read_note', arguments: { does, code: EXIT_CODE } };
  open.set('fatal', 0);
  peer.write(JSON.stringify({ jsonrpc: '2.0', id: 'fatal', method: 'tools/call', params }));
}
