import { isFlaw, scanJson } from '../../core/json/scan.js';
import { withoutCallIds } from '../../core/wire/other-params.js';
import type { RequestReading } from './read-call.js';

/** What a person is shown of a call. Of requests that are judged by all their params, not by what it numbers each. */
export function shownArguments({ kind, argumentsText }: RequestReading): string {
  if (kind === 'tool' || kind === 'prompt') return argumentsText;
  const params = scanJson(argumentsText, { keep: 2, elements: false });
  if (isFlaw(params) || params.kind !== 'object') return argumentsText;
  return withoutCallIds(argumentsText, params);
}
