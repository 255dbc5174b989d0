import { isNamedByAnother, namesAnother } from '../names/pair-names.js';
import { isSecretName } from '../names/secret-name.js';

/** Parameters that sign a link; whoever has the link can use it. */
const SIGNING =
  /^(?:sig|sign|signature|hmac|hdnts|hdnea|x-(?:amz|goog|oss|cos|ms|ve|tos)-(?:signature|credential)|q-signature)$/i;
/** Parameters of links that have a credential as often as anything else. */
const MAYBE_SIGNING = /^(?:code|key|k|auth|s|h|hash|jwt|ticket|nonce)$/i;

/** What a name says of what is assigned to it. */
export type KindOfName = 'secret' | 'signing' | 'of a pair';

/** Kept, since a text assigns to the same few names again and again. */
const kinds = new Map<string, KindOfName | undefined>();
const MOST_KINDS = 1_000;

/**
 * What the name that a text assigns to says of what is assigned; undefined where it says nothing.
 * @param phrase the name with the words before it, where it is none without them
 */
export function kindOfName(phrase: string, name: string): KindOfName | undefined {
  if (kinds.has(phrase)) return kinds.get(phrase);
  if (kinds.size >= MOST_KINDS) kinds.clear();
  const kind = judge(phrase, name);
  kinds.set(phrase, kind);
  return kind;
}

function judge(phrase: string, name: string): KindOfName | undefined {
  if (isSecretName(name) || isSecretName(phrase)) return 'secret';
  if (signs(name)) return 'signing';
  return isNamedByAnother(name) || namesAnother(name) ? 'of a pair' : undefined;
}

/** Whether a parameter of this name signs its link. */
export function signs(name: string): boolean {
  return SIGNING.test(name);
}

/** Whether a parameter of this name signs its link where it looks so. */
export function maySign(name: string): boolean {
  return MAYBE_SIGNING.test(name);
}
