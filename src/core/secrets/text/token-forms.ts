/**
 * The forms that issuers give their tokens, from their public documentation: what each begins with, and what follows.
 * A token begins where no letter or digit is before it.
 */
const FORMS: readonly (readonly [beginnings: string, rest: string])[] = [
  ['AKIA ASIA ABIA ACCA', '[A-Z0-9]{16}(?![A-Za-z0-9])'],
  ['ghp_ gho_ ghu_ ghs_ ghr_', '[A-Za-z0-9]{20,}'],
  ['github_pat_', '\\w{20,}'],
  [
    'glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glimt- glagent- gloas- glsoat- glffct- GR1348941',
    '[\\w.-]{20,}',
  ],
  ['npm_ hf_ gsk_ xai- pplx- r8_ api_org_', '[A-Za-z0-9]{30,}'],
  ['sk-', '(?=[\\w-]{0,256}\\d)[\\w-]{16,}'],
  ['sk_live_ sk_test_ rk_live_ rk_test_ sk_org_ sk_prod_', '[A-Za-z0-9_]{10,}'],
  ['sk_', '[0-9a-f]{48}'],
  ['whsec_', '[A-Za-z0-9+/=]{16,}'],
  ['xoxa- xoxb- xoxc- xoxd- xoxe- xoxo- xoxp- xoxr- xoxs- xoxe.xox xapp-', '[\\w.%-]{10,}'],
  ['AIza', '[\\w-]{30,}'],
  ['ya29.', '[\\w-]{10,}'],
  ['GOCSPX-', '[\\w-]{20,}'],
  ['1//0', '[\\w-]{30,}'],
  ['SG.', '[\\w-]{16,64}\\.[\\w-]{16,}'],
  ['eyJ', '[\\w-]{8,1024}(?:\\.[\\w-]*){1,4}'],
  ['hvs. hvb. hvr.', '[\\w-]{20,}'],
  ['shpat_ shpca_ shppa_ shpss_ shpua_', '[a-fA-F0-9]{32}'],
  ['dapi', '[0-9a-f]{32}(?![0-9a-f])(?:-\\d)?'],
  ['dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.', '[\\w.-]{30,}'],
  ['lin_api_ lin_oauth_', '[A-Za-z0-9]{32,}'],
  ['ntn_ secret_', '[A-Za-z0-9]{40,}'],
  ['pypi-', '[\\w-]{50,}'],
  ['rubygems_', '[0-9a-f]{40,}'],
  ['cio', '(?=[a-zA-Z]*\\d)[A-Za-z0-9]{32}(?![A-Za-z0-9])'],
  ['oy2', '[a-z0-9]{43}(?![a-z0-9])'],
  ['dckr_pat_ dckr_oat_', '[\\w-]{20,}'],
  ['dop_v1_ doo_v1_ dor_v1_', '[0-9a-f]{64}'],
  ['AGE-SECRET-KEY-1', '[0-9A-Z]{50,}'],
  ['SK', '[0-9a-f]{32}(?![0-9a-f])'],
  ['ops_eyJ', '[\\w-]{40,}'],
  ['A3-', '[A-Z0-9]{6}-(?:[A-Z0-9]{5,11}-){2,4}[A-Z0-9]{5}'],
  ['fo1_ fm1a_ fm1r_ fm2_', '[\\w+/=-]{40,}'],
  ['pscale_tkn_ pscale_pw_ pscale_oauth_', '[\\w.=-]{32,}'],
  ['glsa_', '[A-Za-z0-9]{32}_[0-9a-fA-F]{8}'],
  ['glc_eyJ sntrys_eyJ', '[\\w+/=-]{30,}'],
  ['sntryu_', '[0-9a-f]{64}'],
  ['NRAK- NRJS- NRII- NRRA-', '[\\w-]{20,}'],
  ['PMAK-', '[0-9a-f]{24}-[0-9a-f]{34}'],
  ['pul-', '[0-9a-f]{40}'],
  ['sq0atp- sq0csp- sq0idp-', '[\\w-]{22,}'],
  ['EAAA', '[\\w-]{60,}'],
  ['EAA', '[A-Za-z0-9]{80,}'],
  ['HRKU-', '[\\w-]{20,}'],
  ['ATATT3 ATCTT3 ATBB', '[\\w=.-]{24,}'],
  ['dt0c01. dt0s01. dt0s16.', '[A-Z0-9]{8,24}\\.[A-Z0-9]{64}'],
  ['aio_', '[A-Za-z0-9]{28}'],
  ['pat', '[A-Za-z0-9]{14}\\.[0-9a-f]{64}'],
  ['pat.', '[\\w-]{22}\\.[\\w-]{24}\\.[\\w-]{20}'],
  ['LTAI', '[A-Za-z0-9]{16,24}(?![A-Za-z0-9])'],
  ['CLOJARS_', '[a-z0-9]{60}'],
  ['v1.0-', '[0-9a-f]{24}-[0-9a-f]{100,}'],
  ['CFPAT-', '[\\w-]{40,}'],
  ['duffel_test_ duffel_live_', '[\\w-]{40,}'],
  ['EZAK EZTK', '[A-Za-z0-9]{54}'],
  ['figd_ figu_ figo_', '[\\w-]{38,}'],
  ['FLWSECK_TEST- FLWSECK-', '[\\w-]{12,}'],
  ['fio-u-', '[\\w-]{40,}'],
  ['AKCp', '[A-Za-z0-9]{60,}'],
  ['cmVmd', '[A-Za-z0-9]{59}(?![A-Za-z0-9])'],
  ['access-sandbox- access-production- access-development-', '[0-9a-f-]{36}'],
  ['pnu_ pnb_', '[A-Za-z0-9]{36}'],
  ['rdme_', '[a-z0-9]{60,}'],
  ['shippo_live_ shippo_test_', '[0-9a-f]{40}'],
  ['squ_ sqp_ sqa_ sbp_ bkua_ e2b_', '[0-9a-f]{40}'],
  ['sgp_', '[\\w]{40,}'],
  ['sb_secret_', '[\\w-]{20,}'],
  ['tskey-', '[a-z]+-[\\w-]{20,}'],
  ['tfp_', '[\\w.=-]{40,}'],
  ['t1.', '[\\w=-]{40,512}\\.[\\w=-]{40,}'],
  ['AQVN', '[\\w-]{35,}'],
  ['CCIPAT_ CCIPRJ_', '[\\w-]{30,}'],
  ['nfp_ nfc_ rnd_ napi_', '[A-Za-z0-9]{28,}'],
  ['lsv2_', '(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}'],
  ['tvly-', '[\\w-]{20,}'],
  ['fc-', '[0-9a-f]{32}'],
  ['apify_api_', '[A-Za-z0-9]{30,}'],
  ['bb_live_ bb_test_', '[\\w-]{20,}'],
  ['pcsk_', '[\\w-]{30,}'],
  ['xkeysib- xsmtpsib-', '[0-9a-f]{40,}(?:-\\w+)?'],
  ['key-', '[0-9a-f]{32}(?![0-9a-f])'],
  ['re_', '[A-Za-z0-9]{6,32}_[A-Za-z0-9]{16,}'],
  ['vcp_ vci_ vca_ vcr_ vck_', '[A-Za-z0-9]{24,}'],
  ['sl.', '[\\w-]{100,}'],
  ['phc_ phx_', '[A-Za-z0-9]{40,}'],
  ['ddp_ dda_', '[A-Za-z0-9]{30,}'],
];

/** One form, ready to be tried at a place. */
interface Form {
  beginning: string;
  rest: string;
  pattern: RegExp | undefined;
}

/** By their first two characters. Made when the first text is looked at, since most starts of the program look at none. */
let forms: Map<string, Form[]> | undefined;
/** Which pairs of characters of ASCII a form begins with. */
const starts = new Uint8Array(128 * 128);

function formsByStart(): Map<string, Form[]> {
  const found = new Map<string, Form[]>();
  for (const [beginnings, rest] of FORMS)
    for (const beginning of beginnings.split(' ')) {
      const key = beginning.slice(0, 2);
      const alike = found.get(key) ?? [];
      found.set(key, alike);
      alike.push({ beginning, rest, pattern: undefined });
      starts[key.charCodeAt(0) * 128 + key.charCodeAt(1)] = 1;
    }
  return found;
}

/** Whether a form begins with the two characters that stand here; almost no place of a text has such two. */
export function mayBegin(text: string, start: number): boolean {
  forms ??= formsByStart();
  const first = text.charCodeAt(start);
  const second = text.charCodeAt(start + 1);
  return first < 128 && second < 128 && starts[first * 128 + second] === 1;
}

/** `X{20,}` remembers a way back for every character and has no room for ten million of them; `X{20}X*` needs none. */
function patternOf(rest: string): RegExp {
  return new RegExp(rest.replace(/(\[[^\]]+\]|\\w)\{(\d+),\}/g, '$1{$2}$1*'), 'y');
}

/** Where a token that starts here ends; undefined when none does. */
export function tokenEnd(text: string, start: number): number | undefined {
  forms ??= formsByStart();
  for (const form of forms.get(text.slice(start, start + 2)) ?? []) {
    if (!text.startsWith(form.beginning, start)) continue;
    form.pattern ??= patternOf(form.rest);
    form.pattern.lastIndex = start + form.beginning.length;
    if (form.pattern.test(text)) return form.pattern.lastIndex;
  }
  return undefined;
}

/** What each form begins with, and how many characters come after that at the least. */
export function tokenBeginnings(): [beginning: string, least: number][] {
  return FORMS.flatMap(([beginnings, rest]) => {
    const counts = [...rest.matchAll(/\{(\d+)/g)].map(([, count]) => Number(count));
    return beginnings.split(' ').map((beginning): [string, number] => [beginning, Math.max(...counts)]);
  });
}
