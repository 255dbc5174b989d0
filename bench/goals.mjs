// The ratios to reach: of policy-wrap to node-raw in the same run unless `over` names something else.
const most = (limit, over = 'node-raw') => ({ sign: '≤', limit, over });
const least = (limit) => ({ sign: '≥', limit, over: 'node-raw' });

/** By section of the bench, then by the title of the row. */
const BY_SECTION = {
  start: {
    'start, no policy file': most(1.25),
    'start, 10 rules YAML': most(1.5),
    'start, 1,000 rules YAML': most(2.5),
    'start, CEL': most(2),
  },
  everything: { 'start before server-everything': most(1.15, 'direct') },
  calls: {
    'p50, 200 B': most(1.15),
    'p99, 200 B': most(1.5),
    'p50, 10 kB args': most(1.2),
    'p50, 10 kB result': most(1),
    'p50, 1 MB args': most(1.8),
    'p50, 1 MB result': most(0.7),
    'p50, 10 MB args': most(1.7),
    'p50, 10 MB result': most(0.9),
  },
  lists: {
    'tools/list, 5,000 tools, some hidden': most(4),
    'tools/list, 5,000 tools, none hidden': most(1.5),
  },
  decisions: {
    'a denied call': most(1, 'an allowed call'),
    'a call at 10,000 rules': most(1.15, 'at 10 rules'),
  },
  throughput: {
    'throughput, 200 B, 64 in flight': least(0.75),
    'throughput, 64 kB results, 16 in flight': least(1.4),
  },
  memory: {
    'RSS after start': most(6, 'node-raw after start, MB'),
    'RSS after the calls': most(12, 'node-raw after start, MB'),
    'RSS after a 10 MB result': most(15, 'node-raw after start, MB'),
    'USS after start': most(15, 'nothing, MB'),
    'USS after the calls': most(15, 'nothing, MB'),
  },
};

export const GOALS = Object.assign({}, ...Object.values(BY_SECTION));

/** The titles of the rows with goals that these sections must bring. */
export const titlesOf = (sections) => sections.flatMap((name) => Object.keys(BY_SECTION[name] ?? {}));

/** The goal of a row as it is shown; undefined where it has none. */
export function goalText(title) {
  const goal = GOALS[title];
  return goal && `${goal.sign} ${goal.limit}`;
}

export const isMet = ({ sign, limit }, value) => (sign === '≤' ? value <= limit : value >= limit);
