/** Letters that are drawn as a Latin one and are another: the common ones of Unicode's list (UTS #39, confusables). */
const CYRILLIC = 'аеорсухіїјѕһԁԛԝѵӏүҽАВЕЅЗІЇЈКМНОРСТУХҮҺԌԚԜѴӀ';
const CYRILLIC_AS = 'aeopcyxiijshdqwvlyeABES3IIJKMHOPCTYXYHGQWVI';
const GREEK = 'αγικνορυϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ';
const GREEK_AS = 'ayikvopucjABEZHIKMNOPTYXCJ';
const ARMENIAN = 'օոսհցյզՕՏԼ';
const ARMENIAN_AS = 'onuhgjqOSL';
const CHEROKEE = 'ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏆᏋᏎᏏᏒᏔᏙᏚᏞᏟᏢᏦᏧᏭᏮᏳᏴ';
const CHEROKEE_AS = 'DRTiYAJEWMHYGhZIE4bRWVSLCPKdw6GB';
const LATIN = 'ɑɡɩǀǃᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱɪɴʀʏʟʙʜɢ';
const LATIN_AS = 'agil!acdejkmoptuvwzsinrylbhg';
/** The Latin letter or digit that each is drawn as. */
const DRAWN_AS = new Map(
  [
    [CYRILLIC, CYRILLIC_AS],
    [GREEK, GREEK_AS],
    [ARMENIAN, ARMENIAN_AS],
    [CHEROKEE, CHEROKEE_AS],
    [LATIN, LATIN_AS],
  ].flatMap(([letters = '', drawn = '']) => [...letters].map((letter, at) => [letter, drawn[at] ?? letter])),
);
/** Full width, mathematical alphabets, Roman numerals, and letters that stand for units. */
const FORMS = '\\uff21-\\uff3a\\uff41-\\uff5a\\u{1d400}-\\u{1d6a5}\\u2160-\\u217f\\u2102-\\u2134';

const LOOKALIKE = `[${CYRILLIC}${GREEK}${ARMENIAN}${CHEROKEE}${LATIN}${FORMS}]`;
const ANY_LOOKALIKE = new RegExp(LOOKALIKE, 'u');
const EACH_LOOKALIKE = new RegExp(LOOKALIKE, 'gu');
const PLAIN_LATIN = new RegExp(`(?!${LOOKALIKE})\\p{Script=Latin}`, 'u');
/** A letter that nobody takes for a Latin one. */
const FOREIGN = new RegExp(`(?!${LOOKALIKE})(?!\\p{Script=Latin})\\p{L}`, 'u');

/** Signs that are drawn as `/`, `.`, `:` or `;` between letters of ASCII, where they would part a path or an address. */
const SIGNS =
  /(?<=[\w@.:/-])[\u2044\u2215\u29f8\uff0f\u2024\uff0e\u3002\uff61\ua789\uff1a\u0589\u037e\uff1b]+(?=[\w@.:/-])/gu;

/** Words, and escapes of JSON, of which no letter is part of a word. */
const WORD = /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])|[\p{L}\p{M}\p{N}_]+/gu;
/** Shorter words of letters that all look Latin are mostly those of another language, or formulas. */
const SHORTEST_WORD = 3;

/**
 * The text with each letter written otherwise that passes for one of another script: where a word has both, and where a word
 * of such letters alone is in a text of no other script. Texts in other languages stay as they are.
 * @param write how such a letter is written
 */
export function markLookalikes(text: string, write: (character: string) => string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  const foreign = FOREIGN.test(text);
  const marked = text.replace(WORD, (word) =>
    ANY_LOOKALIKE.test(word) && passes(word, foreign) ? word.replace(EACH_LOOKALIKE, write) : word,
  );
  return marked.replace(SIGNS, (signs) => [...signs].map(write).join(''));
}

/** The text with Latin letters in the place of those that are drawn as such, but for forms that NFKC knows. */
export function asDrawn(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : text.replace(/./gsu, (letter) => DRAWN_AS.get(letter) ?? letter);
}

function passes(word: string, foreign: boolean): boolean {
  if (PLAIN_LATIN.test(word)) return true;
  const letters = word.match(/\p{L}/gu) ?? [];
  return !foreign && letters.length >= SHORTEST_WORD && letters.every((letter) => ANY_LOOKALIKE.test(letter));
}
