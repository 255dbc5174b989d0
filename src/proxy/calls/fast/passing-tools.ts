import type { Policy } from '../../../core/policy/compile/policy.js';
import type { Ruling } from '../../../core/policy/decide/settle.js';
import type { FastRequest } from '../../../core/wire/fast/fast-request.js';
import type { KnownRulings } from './known-rulings.js';

/** Places for tools, by their name. A power of two. */
const PLACES = 64;

/** A tool whose calls go to the server whatever they ask for. */
export interface PassingTool {
  readonly name: string;
  readonly ruling: Ruling;
}

/** A tool of which it is known whether it passes. */
interface Known {
  /** The name as it is in lines. */
  bytes: Uint8Array;
  passing: PassingTool | undefined;
}

/**
 * Tools that the policy lets go by their name alone, found by its bytes: a text of it is not made. `KnownRulings` says which
 * those are, for one policy and the lists of tools at one time.
 */
export class PassingTools {
  #policy: Policy | undefined;
  #lists = 0;
  #places: (Known | undefined)[] = [];

  constructor(private readonly rulings: KnownRulings) {}

  /**
   * The tool that a line calls; undefined where the call has to be judged, or the tool was never called before.
   * @param lists see `RulingsFor`
   */
  of(
    line: Uint8Array,
    { nameStart, nameEnd }: FastRequest,
    policy: Policy,
    lists: number,
  ): PassingTool | undefined {
    if (this.#policy !== policy || this.#lists !== lists) this.#forget(policy, lists);
    const place = placeOf(line, nameStart, nameEnd);
    const known = this.#places[place];
    if (known !== undefined && isName(known.bytes, line, nameStart, nameEnd)) return known.passing;
    // Not slice(): that of a Buffer does not copy.
    const bytes = new Uint8Array(line.subarray(nameStart, nameEnd));
    const name = String.fromCharCode(...bytes);
    const ruling = this.rulings.remembered(name, { policy, lists });
    if (ruling === undefined) return undefined;
    const passing = ruling !== 'differs' && passes(ruling) ? { name, ruling } : undefined;
    this.#places[place] = { bytes, passing };
    return passing;
  }

  #forget(policy: Policy, lists: number): void {
    this.#policy = policy;
    this.#lists = lists;
    this.#places = new Array<Known | undefined>(PLACES).fill(undefined);
  }
}

/** Whether nothing is to be taken, asked or timed: then `settle` says `forward` at once. */
function passes({ action, charges, timeout }: Ruling): boolean {
  return action === 'allow' && charges.length === 0 && timeout === undefined;
}

function placeOf(line: Uint8Array, start: number, end: number): number {
  const first = line[start] as number;
  const middle = line[(start + end) >> 1] as number;
  const last = line[end - 1] as number;
  return (first + middle * 5 + last * 17 + (end - start) * 3) & (PLACES - 1);
}

function isName(name: Uint8Array, line: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let index = 0; index < name.length; index++) if (name[index] !== line[start + index]) return false;
  return true;
}
