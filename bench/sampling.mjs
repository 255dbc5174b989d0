import { Connection } from './connection.mjs';
import { interleave } from './statistics.mjs';
import { direct, nodeRaw, wrapped } from './variants.mjs';

/** direct, node-raw, the wrapper under the named policy (where there is one), and those of --against. */
export function allVariants({ wrap, policies, against }, policy) {
  const own = wrap ? [{ name: 'policy-wrap', wrapper: wrapped(wrap, policies[policy]) }] : [];
  return [{ name: 'direct', wrapper: direct }, { name: 'node-raw', wrapper: nodeRaw }, ...own, ...against];
}

/** What `measure(variants)` gives, without the wrappers of --against that cannot take part: the row says why. */
export async function withoutBroken({ report }, variants, measure) {
  try {
    return await measure(variants);
  } catch (error) {
    const able = variants.filter(({ name, foreign }) => !foreign || name !== error.about);
    if (able.length === variants.length) throw error;
    report.print(`  left out of the next row: ${error.message}`);
    return withoutBroken({ report }, able, measure);
  }
}

/**
 * Starts `command` behind each variant, checks that it answers and that the server sees the bytes that are sent, and
 * gives the open connections to `measure`; ends everything after it, by force when `milliseconds` are over.
 */
export async function withConnections(bench, variants, command, milliseconds, measure) {
  const streams = variants.map(({ name, wrapper, foreign }) => ({
    name,
    foreign,
    connection: new Connection(wrapper(command), bench.place, name),
  }));
  const connections = streams.map(({ connection }) => connection);
  return bench.guard(connections, milliseconds, () => {
    for (const { connection, foreign } of streams) {
      connection.initialize();
      // Others may encode again what they pass on.
      if (!foreign) connection.checkBytes();
    }
    return measure(streams);
  });
}

/**
 * Microseconds of sequential calls, by the name of the stream ({ name, connection, request }): blocks of calls of one
 * stream after the other, so that whatever else the machine does falls on all alike.
 */
export async function sampleCalls(streams, { count, warm, milliseconds }) {
  const rounds = Math.min(count, 40);
  const block = Math.ceil(count / rounds);
  const samples = Object.fromEntries(streams.map(({ name }) => [name, []]));
  for (const stream of streams) warmUp(stream, warm);
  await interleave(streams, { rounds, milliseconds }, (stream) => {
    for (let index = 0; index < block; index++) samples[stream.name].push(timedCall(stream));
  });
  return samples;
}

/** A part of what the server's answers are made of (filler.cjs). */
const ANSWERED = 'orders.filter';

function warmUp(stream, count) {
  const { connection, request, refused = false } = stream;
  stream.answerLength = connection.call(request);
  const text = connection.lastText();
  if (!text.includes(refused ? 'Policy violation' : ANSWERED) && stream.answerLength < 2_000)
    throw connection.fault(`${refused ? 'not refused' : 'refused'}: ${text}`);
  for (let index = 0; index < count; index++) timedCall(stream);
}

/** Answers of one stream are equally long: another length is a refusal where an answer was expected. */
function timedCall({ connection, request, answerLength }) {
  const start = performance.now();
  const length = connection.call(request);
  const microseconds = (performance.now() - start) * 1_000;
  if (length !== answerLength)
    throw connection.fault(
      `an answer of ${length} bytes instead of ${answerLength}: ${connection.lastText().slice(0, 300)}`,
    );
  return microseconds;
}
