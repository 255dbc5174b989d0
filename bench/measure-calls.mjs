import { listTools, toolCall } from './request.mjs';
import { allVariants, sampleCalls, withConnections, withoutBroken } from './sampling.mjs';
import { median, percentile } from './statistics.mjs';
import { server, wrapped } from './variants.mjs';

const small = () => toolCall('read_small');
/**
 * `count` calls in each of `processes` wrappers started afresh, after `warm` that do not count. Large messages are rare in
 * real sessions, so they meet a wrapper that is not yet warm: V8 halves node-raw's 1 MB after some hundred of them.
 */
const SMALL = { count: 10_000, processes: 3, warm: 2_000 };
const LARGE = { count: 40, processes: 6, warm: 3 };
const HUGE = { count: 8, processes: 6, warm: 1 };
const CASES = [
  { title: '200 B', request: small, load: SMALL },
  { title: '200 B, preset', request: small, load: SMALL, policy: 'none' },
  { title: '200 B, CEL', request: small, load: SMALL, policy: 'cel' },
  { title: '10 kB args', request: () => toolCall('read_small', { size: 10_000 }), load: SMALL },
  { title: '10 kB result', request: () => toolCall('read_large', { result: 10_000 }), load: SMALL },
  { title: '1 MB args', request: () => toolCall('read_small', { size: 1_000_000 }), load: LARGE },
  { title: '1 MB result', request: () => toolCall('read_large', { result: 1_000_000 }), load: LARGE },
  { title: '10 MB args', request: () => toolCall('read_small', { size: 10_000_000 }), load: HUGE },
  { title: '10 MB result', request: () => toolCall('read_large', { result: 10_000_000 }), load: HUGE },
];
const LIMIT = 6_000; // ms that the calls to one set of processes may take, before no more are begun

/** Sequential tools/call: microseconds from the write of the request to the end of its answer. */
export async function measureCalls(bench) {
  for (const { title, request, load, policy = 'ten' } of CASES)
    await bench.attempt(title, async () => {
      const samples = await sampled(bench, server(), allVariants(bench, policy), request, load);
      addRow(bench, `p50, ${title}`, samples, 0.5);
      addRow(bench, `p99, ${title}`, samples, 0.99);
    });
}

/** tools/list of 5,000 tools (1.6 MB), of which a policy hides one in ten, or none. */
export async function measureLists(bench) {
  for (const [title, policy] of [
    ['some hidden', 'hide'],
    ['none hidden', 'ten'],
  ])
    await bench.attempt(`tools/list, ${title}`, async () => {
      const samples = await sampled(bench, server(5_000), allVariants(bench, policy), listTools, LARGE);
      addRow(bench, `tools/list, 5,000 tools, ${title}`, samples, 0.5);
    });
}

/** What compares policy-wrap with itself: a refusal with an answer, many rules with few. */
export async function measureDecisions(bench) {
  const { wrap, policies } = bench;
  if (!wrap) return bench.report.skip('denied calls, many rules', 'there is no policy-wrap to measure');
  await bench.attempt('a denied call', async () => {
    const variants = [{ name: 'wrap', wrapper: wrapped(wrap, policies.ten) }];
    const samples = await sampled(bench, server(), variants, small, SMALL, ([{ connection }]) => [
      { name: 'allowed', connection, request: small() },
      { name: 'denied', connection, request: toolCall('deny_tool'), refused: true },
    ]);
    addComparison(bench, 'a denied call', samples.denied, samples.allowed);
  });
  await bench.attempt('a call at 10,000 rules', async () => {
    const variants = ['ten', 'tenThousand'].map((name) => ({ name, wrapper: wrapped(wrap, policies[name]) }));
    const samples = await sampled(bench, server(), variants, small, SMALL);
    addComparison(bench, 'a call at 10,000 rules', samples.tenThousand, samples.ten);
  });
}

/** Microseconds by the name of the stream, of all processes together. `toStreams`: who is sent what, by default all the same. */
function sampled(bench, command, variants, request, load, toStreams = (open) => open) {
  return withoutBroken(bench, variants, (able) => sampledBy(bench, command, able, request, load, toStreams));
}

async function sampledBy(bench, command, variants, request, load, toStreams) {
  const { processes, ...limits } = bench.scale({ ...load, milliseconds: LIMIT });
  const all = {};
  for (let round = 0; round < processes; round++) {
    const samples = await withConnections(bench, variants, command, 3 * LIMIT, (open) =>
      sampleCalls(toStreams(open.map((stream) => ({ ...stream, request: request() }))), limits),
    );
    for (const [name, times] of Object.entries(samples)) all[name] = [...(all[name] ?? []), ...times];
  }
  return all;
}

function addRow({ report }, title, samples, share) {
  const figures = Object.fromEntries(
    Object.entries(samples).map(([name, times]) => [name, percentile(times, share)]),
  );
  report.add({ title, unit: 'µs', figures, samples: samples['node-raw'].length });
}

function addComparison({ report }, title, samples, others) {
  const figures = { 'policy-wrap': median(samples) };
  report.add({ title, unit: 'µs', figures, value: median(samples) / median(others), other: median(others) });
}
