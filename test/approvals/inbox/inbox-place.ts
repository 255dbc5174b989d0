import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openDesks } from '../../../src/approvals/inbox/all-inboxes.js';
import { Desk } from '../../../src/approvals/inbox/inbox.js';
import { serveDesk } from '../../../src/approvals/inbox/inbox-server.js';
import type { ApprovalRequest } from '../../../src/approvals/queue/approver.js';
import { Standing } from '../../../src/approvals/queue/grants.js';
import type { Approval } from '../../../src/core/policy/decide/approval.js';
import { type PrivateSocket, privateSockets } from '../../../src/platform/sockets/private-socket.js';

/** A state folder of its own. Gone afterwards. */
export function stateFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-desk-'));
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

/** A desk that is served, and its socket. */
export async function servedDesk(
  state: string,
  server = 'mail',
): Promise<{ desk: Desk; standing: Standing; socket: PrivateSocket; close(): void }> {
  const standing = new Standing();
  const desk = new Desk(server, standing);
  const before = new Set((await privateSockets(state, 'desk')).map(({ name }) => name));
  const { close } = await serveDesk(desk, state);
  onTestFinished(close);
  const socket = (await privateSockets(state, 'desk')).find(({ name }) => !before.has(name));
  if (socket === undefined) throw new Error('the desk has no socket');
  return { desk, standing, socket, close };
}

/** Puts a question on a desk. */
export function put(desk: Desk, changes: Partial<ApprovalRequest> = {}): Promise<Approval> {
  return desk.put(question(changes), new AbortController().signal);
}

/** All desks of a state folder, followed until the test ends. */
export function followed(state: string) {
  const desks = openDesks(state);
  onTestFinished(() => desks.close());
  return desks;
}
