import { splitIntoWords } from '../../text/split-words.js';
import { type Category, MARK_NAMES, type Mark } from '../category.js';
import type { NameReading } from './names/read-name.js';
import type { ParametersReading } from './parameters/read-parameters.js';
import type { TextReading } from './texts/read-text.js';

interface Judged {
  name: NameReading;
  text: TextReading;
  parameters: ParametersReading;
  category: Category;
}

/** Characters of a name and of a text in which words are looked for. */
const LONGEST_NAME = 256;
const LONGEST_TEXT = 2_000;

const OVERWRITING =
  /\b(?:overwrit|clobber|(?:write|save|put|dump|export)s? (?:\w+ )?(?:text )?(?:file|object|blob|document)s?\b(?! append)|replace (?:\w+ )?(?:file|object|content|document)|(?:create|make|add|insert) ?or ?(?:update|replace|overwrite)|upsert)/;
const SAYS_OVERWRITING =
  /\boverwrit(?:e|es|ing|ten)\b|\b(?:completely|entirely|fully)\s+replac|\breplac(?:e|es|ing)\s+(?:the\s+|an?\s+|any\s+)?(?:entire|whole|existing|previous|current)\b|\bexisting\s+[^.\n]{0,40}\b(?:is|are|will be|gets?)\s+replaced\b/i;
const NOT_OVERWRITING =
  /\b(?:not?|never|without|won['’]t|cannot|doesn['’]t|avoids?|prevents?|instead of|refuses to)\s+(?:\w+\s+){0,2}overwrit/i;
const APPENDING = /\bappend\b/;
const FORCED = /\bforce ?push|\bpush(?:es)? (?:\w+ )?forced?\b|\bforcefully push/;
const SAYS_FORCED = /\bforce[- ]push(?:es|ed|ing)?\b|\bpush(?:es)?\s+(?:\w+\s+){0,3}(?:with\s+)?--?force\b/i;
const MOVING =
  /\b(?:move|mv|rename|ren|relocate|migrate|verschieben|umbenennen|mover|renombrar|deplacer|renommer|spostare)\b/;
const POINTING = /\b(?:mouse|cursor|pointer|camera|caret|player|robot|servo)\b/;
const SAYS_MOVING = /^(?:move|rename|relocate|migrate)s?$/i;
const SECRET =
  /\b(?:env|envs|environ|dotenv|environment var(?:iable)?s?|env(?:ironment)? vars?|secrets?|credentials?|creds|passwords?|passphrases?|passwd|pwd|(?:api|access|private|secret|ssh|signing|encryption|service|master|account) ?keys?|(?:access|api|auth|bearer|refresh|session|id|oauth|personal) tokens?|tokens?|keychain|keystore|kubeconfig|connection strings?|seed phrase|mnemonic|cookies?|passwort|passworter|contrasenas?|senhas?|wachtwoord|mot de passe|motsdepasse)$/;
const NO_SECRET =
  /\b(?:scan|scanning|exposure|leaks?|alerts?|policy|policies|rotation|count|price|prices|balance|supply|holders?|usage|info|metadata|transfers?|contract)\b/;
const SAYS_SECRET =
  /\b(?:return|get|read|show|list|print|dump|reveal|fetch|retrieve|expose|export|decrypt|display|access|provide|output)(?:s|es|ing)?\s+(?:(?!\b(?:without|except|no)\b)[\w'’"`-]+[\s,]+){0,5}?(?:environment\s+variables|env\s+vars?|secrets?(?:\s+values?)?|credentials|passwords?|api\s+keys?|private\s+keys?|access\s+(?:tokens?|keys?)|connection\s+strings?|seed\s+phrases?|cookies)\b(?!\s+(?:scan|alert|polic|rotation))/i;
const GLYPH_SECRET =
  /密码|密碼|密钥|秘密|凭证|环境变量|環境変数|パスワード|秘密鍵|認証情報|비밀번호|비밀|환경 ?변수|парол|секрет/;

/** What a person may want to rule on, whatever the category. A mark loosens nothing, so a text may give one and takes none away. */
export function marksOf(judged: Judged): Mark[] {
  const words = splitIntoWords(judged.name.whole.slice(0, LONGEST_NAME)).join(' ');
  const text = judged.text.text.slice(0, LONGEST_TEXT);
  return MARK_NAMES.filter((mark) => MARKED[mark](words, text, judged));
}

const MARKED: Readonly<Record<Mark, (words: string, text: string, judged: Judged) => boolean>> = {
  overwrites: (words, text, { parameters, category }) =>
    category !== 'read' &&
    ((OVERWRITING.test(words) && !APPENDING.test(words)) ||
      parameters.overwrites ||
      (SAYS_OVERWRITING.test(text) && !NOT_OVERWRITING.test(text))),
  force_pushes: (words, text, { parameters }) =>
    FORCED.test(words) || (/\bpush\b/.test(words) && parameters.forces) || SAYS_FORCED.test(text),
  moves: (words, _text, { text, category }) =>
    category !== 'read' &&
    !POINTING.test(words) &&
    (MOVING.test(words) || text.lead.some((act) => SAYS_MOVING.test(act.text))),
  grants_access: (_words, _text, { name }) => name.grants,
  reads_secrets: (words, text, { name }) =>
    ((name.floor?.category ?? 'read') === 'read' && SECRET.test(words) && !NO_SECRET.test(words)) ||
    SAYS_SECRET.test(text.slice(0, 300).split(/[.\n]/, 1)[0] ?? '') ||
    GLYPH_SECRET.test(name.whole),
};
