import { isFlaw, scanJson } from '../core/json/scan.js';
import { skimEnvelope } from '../core/wire/server-envelope.js';

/** What a server is answered that asks its client for something. Nobody is there: no roots, and no to every question. */
export const DECLINED: Readonly<Record<string, Record<string, unknown>>> = {
  ping: {},
  'roots/list': { roots: [] },
  'elicitation/create': { action: 'decline' },
};

/** What a line that is not JSON was meant to answer, and why it is not JSON; undefined for what is no answer at all. */
export function brokenAnswer(line: string): { id: number; why: string } | undefined {
  const envelope = skimEnvelope(line);
  if (envelope.kind !== 'response') return undefined;
  const scanned = scanJson(line);
  const why = isFlaw(scanned) ? `${scanned.flaw} at character ${scanned.at + 1}` : 'it cannot be parsed';
  return { id: Number(envelope.idText), why };
}
