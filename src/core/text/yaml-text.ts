import { HIDDEN, visible } from './visible.js';

/** Words that some reader of YAML takes for no text. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
/** Reads as itself wherever it is. */
const PLAIN = /^[A-Za-z_][\w.\-/]*$/;

/** A text on one line of a YAML file, in quotes where it needs them. What cannot be seen is written as an escape. */
export function yamlText(text: string): string {
  if (PLAIN.test(text) && !WORDS.test(text)) return text;
  return JSON.stringify(text).replace(UNSEEN, escaped);
}

/** Text of a YAML file whose quoted parts hold all that cannot be seen: that as escapes, which mean the same. */
export function escapedUnseen(text: string): string {
  return text.replace(HIDDEN, escaped);
}

/** JSON leaves these as they are, and they are not to be seen or not allowed in YAML. */
const UNSEEN = /[^ -~\p{L}\p{M}\p{N}\p{P}\p{S}]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * What somebody else wrote, as a part of a comment of one line. It ends no comment, begins none, hides nothing, and no editor
 * takes it for a setting of its own.
 */
export function commentText(text: string, room: number): string {
  const line = visible(firstLine(text.slice(0, LONGEST)).replace(/\s+/g, ' ').trim())
    .replaceAll('#', '')
    .replace(/yaml-language-server/gi, 'YAML language server')
    .replace(/\b(vim?|ex)(?=[<=>\d]*:)/gi, '$1 ');
  return cut(firstSentence(line, room), room);
}

/** Characters of a description that are looked at. */
const LONGEST = 2_000;

/** Of a line that says something. Characters. */
const SHORTEST = 15;

/** What follows is mostly about arguments and errors. A heading says too little. */
function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim().length >= SHORTEST) ?? text;
}

function firstSentence(line: string, room: number): string {
  const end = line.search(/(?<=\S{3})[.!?](?= )/);
  return end > 0 && end < room ? line.slice(0, end + 1) : line;
}

/** At the end of a word, when there is one in the last third. */
function cut(line: string, room: number): string {
  const characters = [...line];
  if (characters.length <= room) return line;
  const kept = characters.slice(0, Math.max(room - 1, 0)).join('');
  const space = kept.lastIndexOf(' ');
  return `${kept.slice(0, space > (kept.length * 2) / 3 ? space : undefined).trimEnd()}…`;
}
