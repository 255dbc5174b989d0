import { withoutLineEnds } from '../../core/json/value.js';
import type { ApprovalRequest } from '../queue/approver.js';

/**
 * What the program reads: one JSON object on one line, whatever its reader takes for the end of one. `arguments`, and in
 * `params` what the request sends besides, are the text that the server will get, but for line ends of Unicode, which are
 * escaped: a parser that keeps large numbers finds them whole.
 */
export function programRequest(request: ApprovalRequest): string {
  const { id, server, client, kind, name, category, risk, rule, reason } = request;
  const { argumentsText, otherParamsText } = request;
  const head = JSON.stringify({
    version: 1,
    id,
    server,
    client: client ?? null,
    kind,
    tool: name,
    category,
    risk,
  });
  const tail = JSON.stringify({
    rule: rule ?? null,
    reason: reason ?? null,
    mayRemember: request.mayRemember,
    askedAt: isoTime(request.askedAt),
    heldUntil: request.heldUntil === undefined ? null : isoTime(request.heldUntil),
    endsAt: isoTime(request.endsAt),
  });
  const texts = `"params":${otherParamsText ?? null},"arguments":${argumentsText}`;
  return `${withoutLineEnds(`${head.slice(0, -1)},${texts},${tail.slice(1)}`)}\n`;
}

/** The last moment that a Date can hold; a longer wait ends nowhere that anybody would see. */
const LAST = 8.64e15;

function isoTime(milliseconds: number): string {
  return new Date(Math.min(milliseconds, LAST)).toISOString();
}
