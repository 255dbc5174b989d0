import type { InboxAnswer } from '../../../inbox/inbox-state.js';
import type { PageArguments, PageDecision } from '../../server/page-messages.js';

/** Kept for all tabs of this address: one that comes back, or is opened from a bookmark, goes on. */
export const KEPT_AS = 'policy-wrap session';
const UNKEPT: RequestInit = { credentials: 'omit', cache: 'no-store' };

/** The link was used before, is too old, or there was none. */
export class NotAdmitted extends Error {}

/** Exchanges the one-time token of the link for a session, and takes it out of the address. */
export async function enter(): Promise<void> {
  const token = location.hash.slice(1);
  if (token === '') return;
  const response = await fetch('/session', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  history.replaceState(null, '', location.pathname);
  if (response.ok) {
    const { session } = (await response.json()) as { session: string };
    localStorage.setItem(KEPT_AS, session);
  } else if (!hasSession()) {
    throw new NotAdmitted();
  }
}

export function hasSession(): boolean {
  return localStorage.getItem(KEPT_AS) !== null;
}

/** Asks the server for data. Throws `NotAdmitted` when the session counts no more. */
export async function ask(path: string, options: RequestInit = {}): Promise<Response> {
  const session = localStorage.getItem(KEPT_AS) ?? '';
  if (await knows(session)) {
    const headers = { authorization: `Bearer ${session}`, ...options.headers };
    const response = await fetch(path, { ...options, ...UNKEPT, headers });
    if (response.status !== 401) return response;
  }
  // Another tab may have been let in meanwhile.
  if (localStorage.getItem(KEPT_AS) === session) localStorage.removeItem(KEPT_AS);
  throw new NotAdmitted();
}

/**
 * Whether the server knows the session without being told. Once policy-wrap has ended, any user of this machine may
 * listen at its port.
 */
async function knows(session: string): Promise<boolean> {
  const nonce = hexOf(crypto.getRandomValues(new Uint8Array(16)));
  const response = await fetch(`/proof?nonce=${nonce}`, UNKEPT);
  const proofs: unknown = await response.json();
  const digest = await crypto.subtle.digest('SHA-256', bytesOf(session));
  const key = await crypto.subtle.importKey('raw', digest, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const proof = await crypto.subtle.sign('HMAC', key, bytesOf(`${location.port} ${nonce}`));
  return Array.isArray(proofs) && proofs.includes(hexOf(new Uint8Array(proof)));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Never throws: what cannot be sent is an answer that says so. */
export async function postDecision(inbox: string, id: string, decision: PageDecision): Promise<InboxAnswer> {
  const failed = (message: string): InboxAnswer => ({ ok: false, why: 'refused', message });
  try {
    const response = await ask('/decide', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ inbox, id, ...decision }),
    });
    return response.ok ? ((await response.json()) as InboxAnswer) : failed(await response.text());
  } catch {
    return failed('policy-wrap does not answer. Nothing was decided; try again.');
  }
}

/** The whole arguments of a call that waits; undefined when they cannot be had. */
export async function loadArguments(inbox: string, id: string): Promise<PageArguments | undefined> {
  try {
    const response = await ask(`/arguments?${new URLSearchParams({ inbox, id })}`);
    return response.ok ? ((await response.json()) as PageArguments) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the remembered approval is gone. */
export async function postRevocation(inbox: string, id: string): Promise<boolean> {
  try {
    const response = await ask(`/remembered?${new URLSearchParams({ inbox, id })}`, { method: 'DELETE' });
    return response.ok;
  } catch {
    return false;
  }
}
