import { normalForm } from './fold.js';

const INVISIBLE = /\p{Cf}/gu;
/** `APIKey` is `API` and `Key`; digits belong to the letters before them (`k8s`, `OAuth2`). */
const WORD = /\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?[\p{Ll}\p{Lo}\p{M}\p{N}]+|\p{L}+/gu;

/** The same for names that are written in ASCII, as nearly all are. */
const ASCII = /^[\0-\x7f]*$/;
const ASCII_WORD = /[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z0-9]+|[A-Za-z]+/g;

/** The words of a name in lower case: `DeleteAPIKey`, `delete_api_key`, `delete-api-key` and `delete.api.key` are the same three. */
export function splitIntoWords(name: string): string[] {
  if (ASCII.test(name)) return (name.match(ASCII_WORD) ?? []).map((word) => word.toLowerCase());
  const plain = normalForm(name, 'NFKC').replace(INVISIBLE, '');
  return (plain.match(WORD) ?? []).map((word) => word.toLowerCase());
}
