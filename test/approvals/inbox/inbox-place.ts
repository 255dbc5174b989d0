import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openInboxes } from '../../../src/approvals/inbox/all-inboxes.js';
import { Inbox } from '../../../src/approvals/inbox/inbox.js';
import { serveInbox } from '../../../src/approvals/inbox/inbox-server.js';
import type { ApprovalRequest } from '../../../src/approvals/queue/approver.js';
import { Grants } from '../../../src/approvals/queue/grants.js';
import type { Approval } from '../../../src/core/policy/decide/approval.js';
import { type PrivateSocket, privateSockets } from '../../../src/platform/sockets/private-socket.js';

/** A state folder of its own. Gone afterwards. */
export function stateFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-inbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'state');
}

/** A question as the proxy would ask it. */
export function question(changes: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    ...{ id: 'abc234', server: 'mail', kind: 'tool', name: 'send', category: 'execute', risk: 'high' },
    ...{ argumentsText: '{"to":"a@b.c"}', client: 'test', rule: undefined, reason: undefined },
    ...{ askedAt: Date.now(), endsAt: Date.now() + 120_000, heldUntil: Date.now() + 45_000 },
    ...{ mayRemember: true, elicits: undefined, via: ['page', 'terminal'] },
    ...changes,
  } as ApprovalRequest;
}

/** A inbox that is served, and its socket. */
export async function servedInbox(
  state: string,
  server = 'mail',
): Promise<{ inbox: Inbox; grants: Grants; socket: PrivateSocket; close(): void }> {
  const grants = new Grants();
  const inbox = new Inbox(server, grants);
  const before = new Set((await privateSockets(state, 'inbox')).map(({ name }) => name));
  const { close } = await serveInbox(inbox, state);
  onTestFinished(close);
  const socket = (await privateSockets(state, 'inbox')).find(({ name }) => !before.has(name));
  if (socket === undefined) throw new Error('the inbox has no socket');
  return { inbox, grants, socket, close };
}

/** Puts a question on an inbox. */
export function put(inbox: Inbox, changes: Partial<ApprovalRequest> = {}): Promise<Approval> {
  return inbox.put(question(changes), new AbortController().signal);
}

/** All inboxes of a state folder, followed until the test ends. */
export function followed(state: string) {
  const inboxes = openInboxes(state);
  onTestFinished(() => inboxes.close());
  return inboxes;
}
