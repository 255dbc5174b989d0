import { createInterface, emitKeypressEvents } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Inboxes } from '../../approvals/inbox/inbox-state.js';
import { bold, dim } from '../terminal/paint.js';
import { type AnswerWord, answerText, sendAnswer, TOOL_TIME } from './approve.js';
import { listedArguments, type TerminalArguments, terminalArguments } from './terminal-arguments.js';
import { byRisk, waitingText } from './waiting-text.js';
import { goneText, onNews, type Waiting } from './watch-news.js';

/** A key applies to a call only when it has been on the screen, and no key was pressed, for so long. Milliseconds. */
const SIGHT = 500;
/** Keys that follow each other faster are pasted, or a key that is held down: none of them decides. Milliseconds. */
const PASTE = 80;

/** The keys that show what was left out. */
const SEE = { all: 'f', secrets: 'x' };
const HOW = {
  all: `press ${SEE.all} to show them in full before you approve`,
  secrets: `press ${SEE.secrets} to show them`,
};

const WORDS: Readonly<Record<string, AnswerWord>> = {
  a: { decision: 'approve' },
  s: { decision: 'approve', remember: 'session', scope: 'call' },
  t: { decision: 'approve', remember: TOOL_TIME, scope: 'tool' },
};

interface Key {
  name?: string;
  ctrl?: boolean;
}

/** A person at a terminal decides one call after the other. */
export class Dialogue {
  #queue: Waiting[] = [];
  #shown: Waiting | undefined;
  /** What of its arguments has not been on the screen, and has to be before it is approved. */
  #unseen: TerminalArguments['unseen'];
  /** Calls that the person has put off: the others come first. */
  readonly #postponed = new Set<string>();
  /** The riskiest first. */
  readonly #order = (one: Waiting, other: Waiting): number =>
    Number(this.#postponed.has(nameOf(one))) - Number(this.#postponed.has(nameOf(other))) ||
    byRisk(one.call, other.call);
  /** Decided here, which need not be told again. */
  readonly #mine = new Set<string>();
  /** When a key counts at the earliest. */
  #countsFrom = 0;
  #lastKeyAt = 0;
  #about: NodeJS.Timeout | undefined;
  /** While a reason is typed or a decision is on its way, nothing is written between. */
  #busy = false;
  #later: string[] = [];
  #end: () => void = () => {};

  constructor(
    private readonly inboxes: Inboxes,
    private readonly input: ReadStream,
    private readonly output: WriteStream,
  ) {}

  /** Until the person has had enough. */
  async run(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    onNews(this.inboxes, (come, gone) => {
      const names = new Set(gone.map(nameOf));
      const isGone = (each: Waiting | undefined) => each !== undefined && names.has(nameOf(each));
      for (const each of gone) if (!this.#mine.delete(nameOf(each))) this.#say(goneText(each));
      this.#queue = [...this.#queue.filter((each) => !isGone(each)), ...come].sort(this.#order);
      if (come.length > 0) this.output.write('\u0007');
      if (isGone(this.#shown)) this.#shown = undefined;
      this.#next();
    });
    emitKeypressEvents(this.input);
    this.input.on('keypress', (_text, key: Key) => this.#press(key));
    this.input.once('end', this.#end);
    this.input.setRawMode(true);
    this.input.resume();
    this.output.write(`${bold('Calls that need approval appear here as they come in.')} q ends this.\n`);
    await ended;
    clearTimeout(this.#about);
    this.input.setRawMode(false);
    this.input.pause();
  }

  /** Shows the first call of the queue, unless there is one to see. */
  #next(): void {
    const [first] = this.#queue;
    if (this.#busy || this.#shown !== undefined || first === undefined) return;
    this.#shown = first;
    this.#countsFrom = performance.now() + SIGHT;
    const { call } = first;
    const { argumentsText } = call;
    this.#unseen =
      argumentsText === undefined ? 'all' : terminalArguments(argumentsText, { how: HOW }).unseen;
    this.output.write(`\n${waitingText(call, listedArguments(call, HOW))}\n${this.#keys(first)}\n`);
  }

  #keys({ call }: Waiting): string {
    const keys = ['a approve', 'd deny'];
    if (call.mayRemember)
      keys.push('s approve, and the same call later', 't approve, and this tool for 30 minutes');
    if (!call.via.includes('terminal')) keys.length = 0;
    const others = this.#queue.length > 1 ? [`n next (${this.#queue.length - 1} more)`] : [];
    return dim(`  ${[...keys, ...others, 'f arguments in full', 'x secrets too', 'q quit'].join(' · ')}`);
  }

  #press({ name = '', ctrl = false }: Key): void {
    if (this.#busy) return;
    clearTimeout(this.#about);
    const now = performance.now();
    const alone = now - this.#lastKeyAt > PASTE;
    this.#lastKeyAt = now;
    if (name === 'q' || (ctrl && (name === 'c' || name === 'd'))) return this.#end();
    const early = now < this.#countsFrom;
    if (early) this.#countsFrom = now + SIGHT;
    const shown = this.#shown;
    if (early || !alone || ctrl || shown === undefined) return;
    this.#about = setTimeout(() => void this.#obey(name, shown), PASTE);
  }

  async #obey(key: string, shown: Waiting): Promise<void> {
    if (shown !== this.#shown || this.#busy) return;
    this.#busy = true;
    const word = WORDS[key];
    if (key === 'n' && this.#queue.length > 1) this.#postpone(shown);
    else if (key === 'f' || key === 'x') await this.#showArguments(shown, key === 'x');
    else if (key === 'd') await this.#deny(shown);
    else if (word && this.#unseen) this.output.write(`  See the arguments first: ${SEE[this.#unseen]}\n`);
    else if (word && (key === 'a' || shown.call.mayRemember)) await this.#decide(shown, word);
    this.#busy = false;
    for (const line of this.#later.splice(0)) this.output.write(`${line}\n`);
    this.#next();
  }

  #postpone(shown: Waiting): void {
    const others = this.#queue.filter((each) => each !== shown);
    // Once all were put off, they come around again.
    if (others.every((each) => this.#postponed.has(nameOf(each)))) this.#postponed.clear();
    this.#postponed.add(nameOf(shown));
    this.#queue = [...others, shown].sort(this.#order);
    this.#shown = undefined;
  }

  async #showArguments({ inbox, call }: Waiting, secrets: boolean): Promise<void> {
    const text = call.argumentsText ?? (await this.inboxes.argumentsOf(inbox.inbox, call.id));
    const shown = terminalArguments(text, { all: true, secrets, how: HOW });
    this.output.write(`  arguments:${shown.text}\n`);
    this.#unseen = shown.unseen;
  }

  async #deny(shown: Waiting): Promise<void> {
    const reason = await this.#line('  Reason, shown to the agent (empty for none, Ctrl+C to go back): ');
    if (reason === undefined) this.output.write(`\n${this.#keys(shown)}\n`);
    else await this.#decide(shown, { decision: 'deny', ...(reason === '' ? {} : { reason }) });
  }

  async #decide(shown: Waiting, word: AnswerWord): Promise<void> {
    this.#mine.add(nameOf(shown));
    try {
      await sendAnswer(this.inboxes, shown.inbox, shown.call, word);
      this.output.write(`${answerText(shown.call, word)}\n`);
      this.#queue = this.#queue.filter((each) => each !== shown);
      this.#shown = undefined;
    } catch (error) {
      this.#mine.delete(nameOf(shown));
      this.output.write(`${(error as Error).message}\n`);
    }
  }

  /** A line that is typed; undefined when the person thinks again. */
  #line(question: string): Promise<string | undefined> {
    const reader = createInterface({ input: this.input, output: this.output, terminal: true });
    return new Promise<string | undefined>((resolve) => {
      reader.once('SIGINT', () => resolve(undefined));
      reader.once('close', () => resolve(undefined));
      reader.question(question, (line) => resolve(line.trim()));
    }).finally(() => {
      reader.close();
      this.input.setRawMode(true);
      this.input.resume();
      this.#countsFrom = performance.now() + SIGHT;
    });
  }

  #say(line: string): void {
    if (this.#busy) this.#later.push(line);
    else this.output.write(`${line}\n`);
  }
}

function nameOf({ inbox, call }: Waiting): string {
  return `${inbox.inbox} ${call.id}`;
}
