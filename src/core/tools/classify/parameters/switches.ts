import { splitIntoWords } from '../../../text/split-words.js';
import { type Evidence, quotedWord } from '../evidence.js';
import { wordSet } from '../vocabulary/nouns.js';
import { verbOf } from '../vocabulary/verbs.js';

/** Before the verb these only say that it is done as well: `and_delete`, `auto_run`. */
const isLeading = wordSet(
  'auto and then also should do force allow enable confirm with will to automatically must',
);
/** What is deleted is shown, kept or left out, and not deleted now. */
const isAboutIt = wordSet(
  'include show list only is has can was exclude no not skip dont never without keep disable prevent dry hide ignore filter get ask require block',
);
/** Verbs that make one call of any tool as bad as they are. */
const isPlain = wordSet(
  'delete destroy purge erase wipe prune truncate uninstall kill terminate drop unlink rm shred nuke pay purchase buy sell refund withdraw ' +
    'execute exec run eval evaluate restart reboot shutdown deploy trigger launch install rollback invoke spawn',
);
/** The same for a tool whose name reads; others only take a value away from what they change. */
const isForReading = wordSet('remove clear reset discard flush empty revoke expire');
const isWriting = wordSet('save write store commit update upsert fix persist apply ack acknowledge create');
/** Taken out of what is returned, and out of nothing else. */
const isOfAnswer = wordSet(
  'duplicate dup html image base64 tag whitespace null na nan stopword formatting markup style script ad overlay outlier empty prefix suffix ' +
    'punctuation accent comment background watermark header footer nav link cache noise selector element attribute column field line blank format quote ' +
    'character emoji url sensitive pii metadata boilerplate cookie banner popup tracking param parameter html5 svg xml',
);
const OF_ANSWER =
  /\bfrom (?:the )?(?:output|response|results?|content|page|text|html|markdown|returned)\b|\bin (?:the )?(?:output|response)\b/i;

/** What a yes-or-no parameter switches on: `delete_after`. Undefined where that is nothing of the kind. */
export function switchOf(
  name: string,
  schema: Readonly<Record<string, unknown>>,
  text: string,
): { plain?: Evidence; reading?: Evidence } | undefined {
  if (!isYesOrNo(schema)) return undefined;
  const parts = splitIntoWords(name);
  if (parts.some(isAboutIt)) return undefined;
  const verb = parts.find((part) => !isLeading(part)) ?? '';
  const verbless = verbOf(verb);
  if (verbless === undefined || parts.some(isOfAnswer) || OF_ANSWER.test(text)) return undefined;
  const evidence: Evidence = {
    category: verbless.category,
    because: `${quotedWord(name)} can be switched on`,
  };
  if (isPlain(verb)) return { plain: evidence };
  if (isForReading(verb)) return { reading: evidence };
  if (isWriting(verb)) return { reading: { ...evidence, category: 'write' } };
  // A verb of another language that deletes or pays.
  return verbless.category === 'destructive' || verbless.category === 'financial'
    ? { reading: evidence }
    : undefined;
}

function isYesOrNo({ type, enum: values, description, anyOf }: Readonly<Record<string, unknown>>): boolean {
  if (type === 'boolean' || (Array.isArray(type) && type.includes('boolean'))) return true;
  if (Array.isArray(anyOf))
    return anyOf.some((each) => (each as { type?: unknown } | null)?.type === 'boolean');
  if (Array.isArray(values))
    return (
      values.length > 0 && values.every((value) => /^(?:true|false|yes|no|on|off|0|1)$/i.test(String(value)))
    );
  return (
    type === undefined &&
    values === undefined &&
    (description === undefined || /\b(?:whether|if true|true)\b/i.test(String(description)))
  );
}
