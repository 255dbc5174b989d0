import { existsSync, readFileSync, rmSync } from 'node:fs';
import { type Place, PROGRAM } from '../e2e/place.js';
import type { Case } from './cases.js';
import { type Era, type HonestCall, honestCall } from './honest.js';
import { type Execution, isDenied } from './oracle.js';
import { type Command, Peer } from './peer.js';

export type Way = 'direct' | 'wrapped';

/** What came of sending cases to a server. */
export interface Outcome {
  executed: Execution[];
  denied: Execution[];
  /** What was sent between the cases. */
  honest: HonestCall[];
  /** How the server failed to answer all honest calls, if it did: what stderr said last. */
  failures: string[];
  /** Cases of which some made the server execute what is denied. */
  suspects: Case[];
}

/** After so many hostile cases comes an honest call. */
const HONEST_EVERY = 12;
/** Cases for one start of the server, so that one that falls over misses the rest of them only. */
const BATCH = { direct: 2_000, wrapped: 4_000 };
/** How long nothing may be heard while answers are missing, milliseconds. */
const SILENCE = { direct: 2_000, wrapped: 30_000 };
const START = 30_000;
/** So many guilty cases are looked for. */
const FEW = 3;

const INITIALIZED = '{"jsonrpc":"2.0","method":"notifications/initialized"}';

/** One server in one era, spoken to through policy-wrap or without it. */
export class Trial {
  #honest = 0;

  constructor(
    private readonly place: Place,
    private readonly server: { command: string; args: readonly string[] },
    private readonly era: Era,
  ) {}

  /** Sends all cases with honest calls between them, and reads what was executed. */
  async run(cases: readonly Case[], way: Way): Promise<Outcome> {
    const outcome: Outcome = { executed: [], denied: [], honest: [], failures: [], suspects: [] };
    for (let from = 0; from < cases.length; from += BATCH[way]) {
      const batch = cases.slice(from, from + BATCH[way]);
      rmSync(this.place.record, { force: true });
      const { honest, failure } = await this.#play(batch, way);
      const executed = this.#executed();
      const denied = executed.filter((execution) => isDenied(execution, this.place.folder));
      outcome.executed.push(...executed);
      outcome.denied.push(...denied);
      outcome.honest.push(...honest);
      if (failure !== undefined) outcome.failures.push(failure);
      if (denied.length > 0) outcome.suspects.push(...batch);
    }
    return outcome;
  }

  /** A few of the cases that get something past the policy by themselves. */
  async guilty(suspects: readonly Case[], found: Case[] = []): Promise<Case[]> {
    const half = Math.ceil(suspects.length / 2);
    for (const part of [suspects.slice(0, half), suspects.slice(half)]) {
      if (part.length === 0 || found.length >= FEW) continue;
      const { denied } = await this.run(part, 'wrapped');
      if (denied.length === 0) continue;
      if (part.length === 1) found.push(...part);
      else await this.guilty(part, found);
    }
    return found;
  }

  async #play(cases: readonly Case[], way: Way): Promise<{ honest: HonestCall[]; failure?: string }> {
    const honest = this.#honestCalls(1 + Math.ceil(cases.length / HONEST_EVERY));
    const peer = new Peer(this.#command(way));
    const [first, ...others] = honest.map(({ line }) => line);
    // The first message says which era it is, and some servers answer nothing else before they have answered it.
    const hasHandshake = this.era !== '2026-07-28';
    peer.send(hasHandshake ? [initialize(this.era)] : [first ?? '']);
    await peer.answers([hasHandshake ? 'start' : (honest[0]?.id ?? '')], START);
    if (hasHandshake) peer.send([INITIALIZED, first ?? '']);
    for (const [index, line] of others.entries()) {
      const hostile = cases.slice(index * HONEST_EVERY, (index + 1) * HONEST_EVERY);
      peer.send([...hostile.flatMap(({ lines }) => lines), line]);
    }
    const answered = await peer.answers(
      honest.map(({ id }) => id),
      SILENCE[way],
    );
    const lived = await peer.end();
    return answered && lived ? { honest } : { honest, failure: peer.told || 'it fell silent' };
  }

  #honestCalls(count: number): HonestCall[] {
    return Array.from({ length: count }, () => honestCall(++this.#honest, this.era));
  }

  #command(way: Way): Command {
    const { work: cwd, env, record } = this.place;
    const server = [this.server.command, ...this.server.args, record, this.era];
    const [command = '', ...args] = way === 'direct' ? server : [process.execPath, PROGRAM, '--', ...server];
    return { command, args, cwd, env };
  }

  #executed(): Execution[] {
    const { record } = this.place;
    const lines = existsSync(record) ? readFileSync(record, 'utf8').split('\n') : [];
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Execution);
  }
}

function initialize(protocolVersion: Era): string {
  const clientInfo = { name: 'differential', version: '1' };
  const params = { protocolVersion, capabilities: {}, clientInfo };
  return JSON.stringify({ jsonrpc: '2.0', id: 'start', method: 'initialize', params });
}
