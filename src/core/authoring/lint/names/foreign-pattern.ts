import type { NamedTable } from './named-tables.js';

/** A pattern in another language than globs with * and ?. */
export interface ForeignPattern {
  /** What of it shows that. */
  sign: string;
  /** Names and globs that together say the same; empty where there are none. */
  meant: readonly string[];
  /** What to do where there are none. */
  help: string;
}

/** More are not written out. */
const MOST_NAMES = 16;

const NAME_THEM = 'write * for any characters and ? for one, or name each that is meant';
const TURNED_ROUND =
  'name what is meant; what holds for all others is written under "*", which closer names override';

/** Alternatives: `{a,b}` of shells and editors, `(a|b)` of regular expressions. */
const ALTERNATIVES = /\{(?<braces>[^{}]*,[^{}]*)\}|\((?:\?:)?(?<group>[^()]*\|[^()]*)\)/;

/** In globs of files, any folders or none. */
export const WITHOUT_FOLDER = '**/';

/** Several names in one, as some lists of names are written. */
const LIST = /\s*[,;|]\s*/;

/** The first sign of another language in a text; undefined where there is none. */
export function foreignPattern(text: string, table: NamedTable): ForeignPattern | undefined {
  if (table === 'resources') return ofUri(text);
  const sign = signOf(text);
  if (sign === undefined) return undefined;
  if (sign === '!') return { sign, meant: [], help: TURNED_ROUND };
  const meant = [...new Set(alternatives(text).map(asGlob))];
  const isWhole =
    meant.length <= MOST_NAMES && meant.every((each) => each !== '' && signOf(each) === undefined);
  return { sign, meant: isWhole ? meant : [], help: NAME_THEM };
}

/** URIs have commas, brackets and question marks of their own. */
function ofUri(text: string): ForeignPattern | undefined {
  if (text.startsWith('!')) return { sign: '!', meant: [], help: TURNED_ROUND };
  if (ALTERNATIVES.test(text) || /^\^|\.\*|\$$/.test(text)) {
    const meant = [...new Set(alternatives(text, false).map(asGlob))];
    return { sign: ALTERNATIVES.exec(text)?.[0].charAt(0) ?? '', meant, help: NAME_THEM };
  }
  const template = /\{[^{}]*\}/.exec(text)?.[0];
  if (template !== undefined)
    return { sign: template, meant: [text.replace(/\{[^{}]*\}/g, '*')], help: NAME_THEM };
  if (!text.includes(WITHOUT_FOLDER)) return undefined;
  const meant = [text, text.replaceAll(WITHOUT_FOLDER, '')].map((each) => each.replaceAll('**', '*'));
  return { sign: WITHOUT_FOLDER, meant, help: NAME_THEM };
}

function signOf(text: string): string | undefined {
  if (/^!/.test(text)) return '!';
  if (/^\/.*\/[a-z]*$/s.test(text)) return '/';
  const found = /[{}[\]|,;%\\^$]|\([^)]*\|/.exec(text)?.[0];
  if (found !== undefined) return found.charAt(0);
  // `x.*` is as well how some clients name all tools of the server x.
  return /(?:^|[^a-z0-9])\.[*+]|\.\+/i.test(text) ? '.' : undefined;
}

/** The texts that a list or alternatives stand for. */
function alternatives(text: string, isList = true): string[] {
  const found = ALTERNATIVES.exec(text);
  if (found === null) return isList ? text.split(LIST).filter(Boolean) : [text];
  const { index, groups = {} } = found;
  const parts = groups['braces']?.split(',') ?? groups['group']?.split('|') ?? [];
  const all = parts.map(
    (part) => `${text.slice(0, index)}${part.trim()}${text.slice(index + found[0].length)}`,
  );
  return all.length > MOST_NAMES
    ? [text]
    : all.flatMap((each) => alternatives(each, isList)).slice(0, MOST_NAMES + 1);
}

/** A simple regular expression, or a pattern of SQL, as a glob. */
function asGlob(text: string): string {
  const inner = /^\/(.*)\/[a-z]*$/s.exec(text)?.[1] ?? text;
  const isAnchored = /^\^|\$$/.test(inner);
  const open = isAnchored
    ? `${inner.startsWith('^') ? '' : '*'}${inner}${inner.endsWith('$') ? '' : '*'}`
    : inner;
  return open
    .replace(/^\^|\$$/g, '')
    .replace(/\.[*+]|%/g, '*')
    .replace(/\\([._/-])/g, '$1')
    .replace(/\*+/g, '*');
}
