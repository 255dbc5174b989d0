import { withMembers } from '../../core/json/edit-members.js';
import { isFlaw, scanJson } from '../../core/json/scan.js';
import type { RequestReading } from './read-call.js';

/** What a person is shown of a call. Of requests that are judged by all their params, not what the client adds to each. */
export function shownArguments({ kind, argumentsText, resumption }: RequestReading): string {
  if (kind === 'tool' || kind === 'prompt') return argumentsText;
  const params = scanJson(argumentsText, { keep: 1, elements: false });
  if (isFlaw(params) || params.kind !== 'object') return argumentsText;
  const ofARetry = resumption === undefined ? [] : ['inputResponses', 'requestState'];
  return withMembers(argumentsText, params, new Map(['_meta', ...ofARetry].map((key) => [key, undefined])));
}
