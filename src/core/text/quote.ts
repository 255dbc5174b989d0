const MAX_QUOTED = 60;

/** What a peer wrote, for messages and terminals: in quotes, shortened, and with nothing but visible ASCII. */
export function quote(text: string): string {
  const shown = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
  return JSON.stringify(shown).replace(/[^ -~…]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  let escaped = '';
  for (let index = 0; index < character.length; index++) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
