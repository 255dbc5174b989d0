import type { Trail } from '../../audit/trail.js';
import { skipBlanks } from '../../core/json/bytes/plain-value.js';
import { appendNotice } from '../../core/replies/append-notice.js';
import { elicitationsIn, type InputRequired, inputRequired } from '../../core/replies/input-required.js';
import { errorReply, refusalReply } from '../../core/replies/refusal.js';
import { type TaskNews, taskIdOf, taskNews } from '../../core/replies/task-id.js';
import { isJudged } from '../../core/wire/methods.js';
import type { Ending, PendingRequest, PendingRequests } from '../calls/pending-requests.js';
import type { Rounds } from '../calls/rounds.js';
import type { RunningTasks } from '../peers/running-tasks.js';
import type { ToolLists } from '../peers/tool-lists.js';
import { decoded } from '../streams/bytes.js';
import type { ReplyWriter } from '../streams/reply-writer.js';
import {
  judgesServerRequests,
  type RefusedRequest,
  refusedAmong,
  type ServerRequestsDeps,
} from './server-requests.js';
import { VisibleLists } from './visible-lists.js';

/** What answers of the server meet. */
export interface AnswerReaderDeps extends ServerRequestsDeps {
  pending: PendingRequests;
  replies: ReplyWriter;
  rounds: Rounds;
  toolLists: ToolLists;
  /** The client is told of tools, perhaps of others than before. */
  onToolList(): void;
  trail: Trail;
  runningTasks: RunningTasks;
}

/** Searched for in bytes, so that a large result is made no text of. */
const INPUT = Buffer.from('input');
const TASK = Buffer.from('"task"');
const IS_ERROR = Buffer.from('"isError"');
const TRUE = Buffer.from('true');
const COLON = 0x3a;

const UNREADABLE_LIST = 'the tool list of the server cannot be read, and the policy hides tools';

/** Passes the server's answers on, and looks into those that the policy or the session depends on. */
export class AnswerReader {
  readonly #visibleLists: VisibleLists;

  constructor(private readonly deps: AnswerReaderDeps) {
    this.#visibleLists = new VisibleLists(deps.toolLists);
  }

  /**
   * Passes one answer on, or what takes its place. Says how the request has ended by it.
   * @param content the line without its line end
   */
  pass(request: PendingRequest, failed: boolean, content: Buffer, line: Uint8Array): Ending {
    if (request.method === 'initialize') this.deps.clientState.initialized(decoded(line));
    if (failed) return this.#failed(request, line);
    request.task = taskMade(request, content);
    if (request.method.startsWith('tasks/')) this.noteTask(request.method, line);
    // Clients of 2026-07-28 answer whatever asks for more, be it the answer to tools/list.
    const asked = this.#asked(request, content, line);
    const refused = asked && refusedAmong(request.method, asked, this.deps);
    if (refused) return this.#refuse(request, refused);
    if (request.method === 'tools/list') return this.#list(request, line);
    if (asked === undefined || asked === 'unreadable')
      return this.#forward(request, line, endingOf(request, content));
    if (request.judged && isJudged(request.method)) {
      const { goesOn } = request.judged;
      this.deps.rounds.open(asked, { ...goesOn, digest: goesOn.digest() });
    }
    return this.#forward(request, line, 'input_required');
  }

  /** Passes no answer on: the client has had ours. */
  drop(request: PendingRequest, failed: boolean, content: Buffer): Ending {
    if (!failed) request.task = taskMade(request, content);
    return 'timed_out';
  }

  /** A task that has ended gives the place of its call back. An error says nothing of a task: see `askOfTask`. */
  noteTask(method: string, line: Uint8Array): void {
    const { runningTasks } = this.deps;
    const news = runningTasks.any ? taskNews(decoded(line).trimEnd()) : undefined;
    if (news && (news.ended || method === 'tasks/result')) runningTasks.ended(news.id);
  }

  #failed(request: PendingRequest, line: Uint8Array): Ending {
    const asked = judgesServerRequests(this.deps) ? elicitationsIn(decoded(line).trimEnd()) : undefined;
    const refused = asked && refusedAmong(request.method, asked, this.deps);
    return refused ? this.#refuse(request, refused) : this.#forward(request, line, 'protocol_error');
  }

  #forward(request: PendingRequest, line: Uint8Array, ending: Ending): Ending {
    const { told } = request.judged ?? {};
    if (told === undefined) this.deps.replies.pass(request, line);
    else this.deps.replies.answer(request.idText, appendNotice(decoded(line).trimEnd(), told) ?? line);
    return ending;
  }

  /**
   * From 2026-07-28 on, what a server asks of the client comes in results.
   */
  #asked(
    { judged }: PendingRequest,
    content: Buffer,
    line: Uint8Array,
  ): InputRequired | 'unreadable' | undefined {
    const judges = judgesServerRequests(this.deps);
    // Some clients look for it whatever they have asked, so where it is judged it is looked for everywhere.
    if (!judges && !(judged?.isModern && content.includes(INPUT))) return undefined;
    return inputRequired(decoded(line).trimEnd());
  }

  /** The client cannot be kept from answering but by not being asked, so the whole result is refused. */
  #refuse({ idText, judged }: PendingRequest, { method, ruling }: RefusedRequest): Ending {
    const refusal = { action: 'deny' as const, rule: ruling.rule, reason: ruling.reason };
    const asked = judged?.asked ?? { idText, kind: 'method', modern: true, task: false };
    this.deps.replies.answer(idText, refusalReply({ ...asked, name: method }, refusal));
    this.deps.trail.refusedAsk(method, ruling);
    return 'refused';
  }

  #list(request: PendingRequest, line: Uint8Array): Ending {
    const { toolLists, livePolicy } = this.deps;
    const { policy } = livePolicy;
    const isKnown = toolLists.add(line);
    this.deps.onToolList();
    if (!policy.layers.some(({ hides, mode }) => hides && mode === 'enforce'))
      return this.#forward(request, line, 'completed');
    const visible = this.#visibleLists.of(policy, line, isKnown);
    if (visible === 'as it came') return this.#forward(request, line, 'completed');
    if ('flaw' in visible) return this.#refuseList(request, visible.flaw);
    this.deps.replies.answer(request.idText, visible);
    return 'completed';
  }

  #refuseList({ idText }: PendingRequest, flaw: string): Ending {
    const { toolLists, clientState, replies, trail } = this.deps;
    const why = `${UNREADABLE_LIST} (${flaw})`;
    replies.answer(idText, errorReply(idText, -32603, `Refused by policy-wrap: ${why}`));
    toolLists.tellOnce(`${why}: the client gets an error in its place`);
    trail.dropped(why, clientState.info);
    return 'refused';
  }
}

function endingOf(request: PendingRequest, content: Buffer): Ending {
  // What is said beside a task is not the result of the call.
  if (request.task) return 'task';
  for (let at = content.indexOf(IS_ERROR); at >= 0; at = content.indexOf(IS_ERROR, at + 1))
    if (isTrue(content, at + IS_ERROR.length)) return 'tool_error';
  return 'completed';
}

/** Whether the key that ends here has the value `true`. */
function isTrue(content: Buffer, keyEnd: number): boolean {
  const colon = skipBlanks(content, keyEnd);
  const value = skipBlanks(content, colon + 1);
  return content[colon] === COLON && content.subarray(value, value + TRUE.length).equals(TRUE);
}

/** What a server has made of a call in place of a result: clients need not have asked for it, and may no longer wait. */
function taskMade({ judged, closed, place }: PendingRequest, content: Buffer): TaskNews | undefined {
  const isLikely = judged?.asksTask || (closed && place);
  if (!isLikely && !(judged && content.includes(TASK))) return undefined;
  const decodedText = content.toString('utf8');
  const id = taskIdOf(decodedText);
  if (id === undefined) return undefined;
  const news = taskNews(decodedText);
  return news?.id === id ? news : { id, ended: false, ttl: undefined };
}
