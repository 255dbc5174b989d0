import { wordSet } from './nouns.js';

const isGiving = wordSet(
  'add grant give assign promote elevate escalate make set invite enable approve upgrade put become register appoint bestow confer create allow',
);
/** Whoever becomes one of these can do everything. */
const isPowerful = wordSet(
  'admin administrator superuser superadmin sudoer sudoers sysadmin poweruser collaborator cosigner coowner owner root',
);
const isPlace = wordSet('user role access account right privilege permission group member rights');
/** `make_public`, `open_to_everyone`. */
const isEverybody = wordSet(
  'public everyone everybody anyone anonymous allusers publicly worldreadable worldwritable',
);
const isOpening = wordSet('make set open expose share allow grant enable turn put switch mark go');
/** What these protect is open when they are off. */
const isProtection = wordSet(
  'mfa 2fa tfa otp totp sso auth authentication authorization firewall antivirus defender selinux apparmor encryption ssl tls ' +
    'protection guard guardrail guardrails security safety audit auditing monitoring alarm alarms alerting ' +
    'verification sandbox sandboxing waf guardduty cloudtrail csp cors csrf captcha backup backups versioning lockdown ' +
    'rbac acl detection gatekeeper sip uac approval approvals',
);
const isTakingDown = wordSet(
  'disable deactivate bypass off skip suspend stop weaken relax unprotect disarm circumvent override lower',
);
const isDoor = wordSet('port ports firewall ingress inbound tunnel backdoor');
const isOpeningDoor = wordSet('open allow authorize expose permit punch unblock');
const isVerbOfRights = wordSet(
  'impersonate chmod chown setuid unprotect jailbreak privesc setfacl icacls takeown addadmin makeadmin makepublic disablemfa whitelist allowlist chgrp',
);

/** Rights themselves, which are given to somebody: `grant_permission`, `assign_role_to_user`. */
const isRight = wordSet('permission privilege entitlement acl');
const isChangingRights = wordSet('grant assign give attach elevate set put update change modify edit');
const isGranted = wordSet('role access right');
const isGranting = wordSet('grant assign give attach elevate');

/** Whose policy says who may do what: `put_bucket_policy`, `attach_role_policy`; a lifecycle has another kind of policy. */
const hasPolicy = wordSet(
  'iam bucket role user group resource access key trust sharing permission permissions assume',
);
const isChangingPolicy = wordSet('set put attach update add create modify change replace edit upload apply');

/** The words of a name that say that rights are given or a protection is taken down. */
export function rightsIn(parts: readonly string[]): string | undefined {
  return (
    parts.find(isVerbOfRights) ??
    pairOf(parts, isGiving, isPowerful, true) ??
    pairOf(parts, isOpening, isEverybody, true) ??
    pairOf(parts, isTakingDown, isProtection, false) ??
    pairOf(parts, isOpeningDoor, isDoor, false) ??
    pairOf(parts, isChangingRights, isRight, false) ??
    pairOf(parts, isGranting, isGranted, false) ??
    policyOf(parts)
  );
}

function policyOf(parts: readonly string[]): string | undefined {
  const at = parts.findIndex(
    (part, index) => /^polic(?:y|ies)$/.test(part) && hasPolicy(parts[index - 1] ?? ''),
  );
  const verb = parts.slice(0, Math.max(0, at)).find(isChangingPolicy);
  return verb === undefined ? undefined : `${verb} ${parts[at - 1]} ${parts[at]}`;
}

/** @param atEnd whether the object has to be what the name ends with, but for what kind of one it is */
function pairOf(
  parts: readonly string[],
  isVerb: (word: string) => boolean,
  isObject: (word: string) => boolean,
  atEnd: boolean,
): string | undefined {
  const at = parts.findIndex(isVerb);
  const object = at < 0 ? -1 : parts.findIndex((part, index) => index > at && isObject(part));
  if (object < 0) return undefined;
  const next = parts[object + 1];
  return atEnd && next !== undefined && !isPlace(next) ? undefined : `${parts[at]} ${parts[object]}`;
}
