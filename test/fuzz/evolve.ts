import { Coverage } from './coverage.js';
import { minimised } from './minimise.js';
import { type Material, mutate } from './mutate.js';
import { Random } from './random.js';
import type { Target } from './target.js';

export interface Finding {
  /** The smallest input that was found to show the same. */
  input: Uint8Array;
  message: string;
}

export interface Progress {
  executions: number;
  /** Inputs that took a way through the code that none before took. */
  corpus: number;
  branches: number;
  findings: readonly Finding[];
}

export interface EvolveOptions {
  seed: number;
  /** Inputs beside the seeds of the target, from earlier runs. */
  known?: readonly Uint8Array[];
  /** Asked before each input. */
  goOn(progress: Progress): boolean;
  /** Told before each input is run, in case it never ends. */
  starting?(input: Uint8Array): void;
  learned?(input: Uint8Array): void;
}

const MOST_FINDINGS = 10;
/** No input of a few thousand bytes may keep a relay or a start busy for so long, even on a busy machine. Milliseconds. */
const SLOW = 2_000;

/** Tries inputs, and goes on from those that take new ways through the code. */
export function evolve(target: Target, options: EvolveOptions): Progress {
  const run = new Evolution(target, options);
  for (const input of [...target.seeds(), ...(options.known ?? [])]) run.tryOut(input);
  while (run.findings.length < MOST_FINDINGS && options.goOn(run)) run.tryOut(run.next());
  return run;
}

class Evolution implements Progress {
  executions = 0;
  readonly findings: Finding[] = [];
  readonly #entries: Uint8Array[] = [];
  readonly #coverage = new Coverage();
  readonly #random: Random;
  readonly #material: Material;

  constructor(
    private readonly target: Target,
    private readonly options: EvolveOptions,
  ) {
    this.#random = new Random(options.seed);
    const words = target.words.map((word) => Uint8Array.from(Buffer.from(word)));
    this.#material = { words, others: this.#entries, longest: target.longest };
  }

  get corpus(): number {
    return this.#entries.length;
  }

  get branches(): number {
    return this.#coverage.branches;
  }

  /** A change of an input that was worth keeping: of a late one as often as of any. */
  next(): Uint8Array {
    const late = Math.max(1, this.#entries.length >> 2);
    const fromEnd = this.#random.below(2) === 0 ? this.#random.below(late) : this.#random.below(this.corpus);
    return mutate(this.#entries.at(-1 - fromEnd) ?? new Uint8Array(0), this.#material, this.#random);
  }

  tryOut(input: Uint8Array): void {
    this.executions++;
    this.options.starting?.(input);
    this.#coverage.begin();
    const message = failureOf(this.target, input);
    const isNew = this.#coverage.learn();
    if (message !== undefined) this.#note(input, message);
    else if (isNew || this.corpus === 0) {
      this.#entries.push(input);
      this.options.learned?.(input);
    }
  }

  /** One of each kind: what differs in quoted or counted things only is the same fault. */
  #note(input: Uint8Array, message: string): void {
    const kind = kindOf(message);
    if (this.findings.some((finding) => kindOf(finding.message) === kind)) return;
    const shows = (smaller: Uint8Array) => kindOf(failureOf(this.target, smaller) ?? '') === kind;
    const smallest = minimised(input, shows);
    this.findings.push({ input: smallest, message: failureOf(this.target, smallest) ?? message });
  }
}

function kindOf(message: string): string {
  return message.slice(0, 60).replace(/["'].*|[0-9]+/g, '');
}

function failureOf(target: Target, input: Uint8Array): string | undefined {
  const start = performance.now();
  try {
    target.run(input);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  const spent = performance.now() - start;
  return spent > SLOW ? `slow: it took ${Math.round(spent)} ms` : undefined;
}
