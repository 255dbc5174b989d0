import { openInboxes } from '../../approvals/inbox/all-inboxes.js';
import type { Inboxes } from '../../approvals/inbox/inbox-state.js';
import { EXIT } from '../../platform/user-error.js';
import { userFolders } from '../../platform/user-folders.js';
import { safeJson } from '../terminal/json-text.js';
import { printNote } from '../terminal/output.js';
import { terminalArguments } from './terminal-arguments.js';
import { waitingText } from './waiting-text.js';
import { Dialogue } from './watch-dialogue.js';
import { type Gone, goneText, onNews, type Waiting } from './watch-news.js';

/** Shows each call as it comes; at a terminal a person decides them there. */
export async function watch({ json = false }: { json?: boolean }): Promise<number> {
  const inboxes = openInboxes(userFolders().state);
  try {
    if (!json && process.stdin.isTTY && process.stdout.isTTY) {
      await new Dialogue(inboxes, process.stdin, process.stdout).run();
    } else await print(inboxes, json);
    return EXIT.fine;
  } finally {
    inboxes.close();
  }
}

/** Until it is interrupted, or nobody reads any more. */
function print(inboxes: Inboxes, json: boolean): Promise<never> {
  if (!json) printNote('calls that need approval appear here as they come in; press Ctrl+C to stop');
  let turn = Promise.resolve();
  const write = (text: string) => void process.stdout.write(`${text}\n`);
  onNews(inboxes, (come, gone) => {
    for (const each of come) turn = turn.then(async () => write(await comeText(inboxes, each, json)));
    for (const each of gone) turn = turn.then(() => write(json ? goneJson(each) : goneText(each)));
  });
  return new Promise(() => {});
}

async function comeText(inboxes: Inboxes, { inbox, call }: Waiting, json: boolean): Promise<string> {
  const argumentsText = call.argumentsText ?? (await inboxes.argumentsOf(inbox.inbox, call.id));
  if (json) return safeJson({ event: 'waiting', inbox: inbox.inbox, pid: inbox.pid, ...call, argumentsText });
  const how = { all: '', secrets: `see them with: policy-wrap approvals show ${call.id} --secrets` };
  return `${waitingText(call, terminalArguments(argumentsText, { all: true, how }).text)}\n`;
}

function goneJson({ inbox, call, decided }: Gone): string {
  const { id, server, name } = call;
  return safeJson({ event: 'gone', inbox: inbox.inbox, pid: inbox.pid, id, server, name, ...decided });
}
