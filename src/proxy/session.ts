import type { Trail } from '../audit/trail.js';
import type { LivePolicy } from '../config/live-policy.js';
import type { Policy } from '../core/policy/compile/policy.js';
import { errorReply, REFUSED } from '../core/replies/refusal.js';
import { LineSplitter } from '../core/wire/line-splitter.js';
import type { LimitStore } from '../limits/store.js';
import { KnownRulings } from './calls/fast/known-rulings.js';
import { finish, PendingRequests } from './calls/pending-requests.js';
import { Rounds } from './calls/rounds.js';
import { ClientDeparture } from './client/client-departure.js';
import { ClientLines } from './client/client-lines.js';
import { ClientState } from './peers/client-info.js';
import { OddLines } from './peers/odd-lines.js';
import { OutgoingRequests } from './peers/outgoing-requests.js';
import { RunningTasks } from './peers/running-tasks.js';
import { ToolLists, writesCategories } from './peers/tool-lists.js';
import { ServerChunks } from './server/server-chunks.js';
import { ServerLines } from './server/server-lines.js';
import { SessionApprovals } from './session-approvals.js';
import { Backpressure } from './streams/backpressure.js';
import { drainInput, drainOutput } from './streams/drain.js';
import { LineQueue } from './streams/line-queue.js';
import { ReplyWriter } from './streams/reply-writer.js';
import type { ServerEnding } from './streams/server-ending.js';
import type { ServerExit, ServerProcess } from './streams/server-process.js';
import type { Stdio } from './streams/stdio.js';

/** Longer lines are refused (client) or end the session (server). Bytes. */
const LONGEST_CLIENT_LINE = 64 * 1024 * 1024;
const LONGEST_SERVER_LINE = 256 * 1024 * 1024;
/** How often is looked whether the client is still there, and what is under way after it has ended. Milliseconds. */
const INTERVAL = 1_000;

const SERVER_ENDED = 'Not run: the server ended before this call was decided';
const CLIENT_ENDED = 'Policy violation: the client ended its side before this call was decided.';

export interface SessionDeps {
  server: string;
  stdio: Stdio;
  child: ServerProcess;
  ending: ServerEnding;
  livePolicy: LivePolicy;
  store: LimitStore;
  trail: Trail;
  /** Tells a person something, on stderr. */
  tell(note: string): void;
}

/** One client, one server and the policy between them, until one of the two is gone. */
export class Session {
  readonly #deps: SessionDeps;
  readonly #clientLines: ClientLines;
  readonly #serverChunks: ServerChunks;
  readonly #pending = new PendingRequests();
  readonly #clientState = new ClientState();
  readonly #toolLists: ToolLists;
  readonly #approvals: SessionApprovals;
  readonly #backpressure: Backpressure;
  readonly #replies: ReplyWriter;
  readonly #clientSplitter = new LineSplitter(LONGEST_CLIENT_LINE, { outlines: true });
  readonly #oddLines: readonly OddLines[];
  readonly #lineQueue: LineQueue;
  readonly #departure: ClientDeparture;
  /** How the server has ended, once its last words have been read. */
  #exit: ServerExit | undefined;
  /** How many pieces the server has written. */
  #pieces = 0;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    const { stdio, child, ending, livePolicy, store, trail, server, tell } = deps;
    const backpressure = new Backpressure(stdio, child);
    this.#backpressure = backpressure;
    this.#replies = new ReplyWriter(backpressure.toClient);
    const { toClient, toServer } = backpressure;
    this.#departure = new ClientDeparture({ pending: this.#pending, toClient, ending });
    this.#toolLists = new ToolLists(server, tell);
    const outgoing = new OutgoingRequests((line) => toClient.writeLine(line));
    const approvals = new SessionApprovals({
      server,
      livePolicy,
      clientState: this.#clientState,
      toolLists: this.#toolLists,
      toClient,
      askClient: (...asked) => outgoing.ask(...asked),
      tell,
    });
    this.#approvals = approvals;
    const shared = {
      server,
      livePolicy,
      store,
      trail,
      tell,
      pending: this.#pending,
      clientState: this.#clientState,
      replies: this.#replies,
      rounds: new Rounds(),
      rulings: new KnownRulings(),
      runningTasks: new RunningTasks(),
      toolLists: this.#toolLists,
      onToolList: () => this.#toolsListed(),
      serverRequests: new Set<string | number>(),
    };
    const oddClientLines = new OddLines('client', this.#clientSplitter, tell);
    const serverSplitter = new LineSplitter(LONGEST_SERVER_LINE);
    const oddServerLines = new OddLines('server', serverSplitter, tell);
    this.#oddLines = [oddClientLines, oddServerLines];
    const clientDeps = { ...shared, toClient, toServer, outgoing, lineMemory: this.#clientSplitter };
    this.#clientLines = new ClientLines({
      ...{ ...clientDeps, oddLines: oddClientLines },
      get askApproval() {
        return approvals.asking;
      },
    });
    const serverDeps = { ...shared, toClient, toServer, oddLines: oddServerLines };
    this.#serverChunks = new ServerChunks({
      ...serverDeps,
      splitter: serverSplitter,
      lines: new ServerLines(serverDeps),
      source: child.stdout,
      longest: LONGEST_SERVER_LINE,
      tooLong: () => this.#serverTooLong(),
    });
    this.#lineQueue = new LineQueue({
      refresh: ({ bytes }) => livePolicy.refreshFor(bytes),
      hold: (held) => backpressure.clientGate[held ? 'close' : 'release']('policy is read'),
      judge: (line) => this.#clientLines.receive(line),
      judged: () => {
        if (this.#departure.hasEnded) this.#clientGone();
        if (this.#exit) this.#answerOpen(this.#exit);
      },
    });
  }

  /** Relays until the server has ended. Resolves after everything was answered and written. */
  async run(): Promise<ServerExit> {
    const { stdio, child, ending } = this.#deps;
    const lastOutput = new Promise<void>((resolve) => child.stdout.stream.once('close', resolve));
    // Without one of its ends a server can answer nothing any more, also when it does not exit.
    child.stdout.stream.once('end', () => ending.unreachable());
    // Once the client has ended, it is we who close it.
    child.stdin.once('close', () => this.#departure.hasEnded || ending.unreachable());
    ending.onSignal(() => this.#withdrawHeld());
    const { toClient, toServer } = this.#backpressure;
    child.stdout.start(toClient, (chunk) => {
      this.#pieces++;
      this.#serverChunks.push(chunk);
    });
    stdio.stdin.start(toServer, (chunk) => this.#lineQueue.push(this.#clientSplitter.push(chunk)));
    const watch = setInterval(() => this.#lookAround(), INTERVAL).unref();
    stdio.stdin.stream.once('end', () => this.#clientEnd());
    stdio.stdin.stream.once('error', () => this.#clientEnd());
    stdio.stdout.once('error', () => this.#clientEnd());
    const exit = await child.exited;
    clearInterval(watch);
    await drainOutput({
      closed: lastOutput,
      pieces: () => this.#pieces,
      heldBack: () => !this.#backpressure.serverGate.open,
    });
    return this.#finish(exit);
  }

  /** A new policy is in force: a client that has seen a list is told when that list has changed. */
  policySwapped(before: Policy, after: Policy): void {
    this.#clientLines.policyChanged();
    this.#approvals.policyChanged(this.#deps.livePolicy.digest);
    const lists = this.#toolLists;
    const changed = lists
      .names()
      .some((name) => lists.isHidden(before, name) !== lists.isHidden(after, name));
    const legacy = this.#clientState.protocolVersion !== undefined;
    if (changed && legacy)
      this.#backpressure.toClient.writeLine('{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}');
  }

  #clientEnd(): void {
    if (!this.#departure.end()) return;
    const last = this.#clientSplitter.end();
    this.#lineQueue.push(last ? [last] : []);
  }

  #lookAround(): void {
    for (const lines of this.#oddLines) lines.look();
    this.#serverChunks.look(this.#backpressure.serverGate.open);
    this.#clientSplitter.forget();
    if (!this.#backpressure.clientGate.open && this.#departure.isOrphaned) this.#clientEnd();
    this.#departure.endServer();
  }

  #clientGone(): void {
    this.#withdrawHeld();
    void this.#backpressure.toServer.end();
    this.#departure.endServer();
  }

  #withdrawHeld(): void {
    this.#approvals.close();
    // Whoever asked may still listen.
    for (const idText of this.#clientLines.withdrawAll()) {
      this.#replies.answer(idText, errorReply(idText, REFUSED, CLIENT_ENDED));
    }
  }

  /** Which request such a line answers cannot be told, so none can be answered rightly any more but by the end. */
  #serverTooLong(): void {
    this.#deps.tell(
      `the server wrote a line of more than ${LONGEST_SERVER_LINE / 1024 / 1024} MB and was ended`,
    );
    this.#deps.child.signal('SIGKILL');
  }

  /** Every request still open gets its answer before the end. */
  async #finish(exit: ServerExit): Promise<ServerExit> {
    this.#serverChunks.end();
    // Whatever came while a policy was being read is owed an answer too.
    await this.#lineQueue.settled();
    this.#exit = exit;
    this.#approvals.close();
    this.#answerOpen(exit);
    for (const lines of this.#oddLines) lines.end();
    await drainInput(this.#backpressure.toClient);
    return exit;
  }

  #toolsListed(): void {
    this.#approvals.toolsListed((name) => this.#toolLists.definitionOf(name));
    const { policy } = this.#deps.livePolicy;
    // After the client has its answer.
    if (writesCategories(policy)) setImmediate(() => this.#toolLists.tellOfPinned(policy));
  }

  /** What nobody else answers any more, also what comes while the last output is written. */
  #answerOpen({ how, code }: ServerExit): void {
    const open = this.#pending.drain();
    for (const request of open) finish(request, 'unanswered');
    const why = this.#deps.ending.endedForInput
      ? `policy-wrap ended the server (${how}), because its input had ended, before it answered.`
      : `The server ended (${how}) before it answered.`;
    for (const { idText } of open)
      this.#replies.answer(idText, errorReply(idText, -32603, why, { exitCode: code }));
    for (const idText of this.#clientLines.withdrawAll())
      this.#replies.answer(
        idText,
        errorReply(idText, -32603, `${SERVER_ENDED} (${how})`, { exitCode: code }),
      );
  }
}
