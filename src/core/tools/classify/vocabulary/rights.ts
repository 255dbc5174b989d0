import { wordSet } from './nouns.js';

const isGiving = wordSet(
  'add grant give assign promote elevate escalate make set invite create allow enable approve upgrade attach put become register appoint bestow confer',
);
/** Whoever becomes one of these can do everything. */
const isPowerful = wordSet(
  'admin admins administrator superuser superadmin sudoer sudoers root owner cosigner maintainer poweruser sysadmin collaborator delegate impersonation',
);
/** `make_public`, `open_to_everyone`. */
const isEverybody = wordSet(
  'public everyone anyone anonymous world worldreadable allusers internet publicly',
);
const isOpening = wordSet(
  'make set open expose share allow grant enable publish turn put switch mark change update toggle',
);
/** What these protect is open when they are off. */
const isProtection = wordSet(
  'mfa 2fa tfa otp totp sso auth authentication authorization firewall antivirus defender selinux apparmor encryption ssl tls ' +
    'protection protections guard guards guardrail guardrails security safety audit auditing logging log logs monitoring alarm alarms alerting ' +
    'verification validation sandbox sandboxing waf guardduty cloudtrail csp cors csrf captcha backup backups versioning lock lockdown ' +
    'policy policies rbac acl ratelimit quarantine detection gatekeeper sip uac',
);
const isTakingDown = wordSet(
  'disable deactivate bypass turnoff off skip remove suspend stop unset weaken lower relax unprotect disarm unlock circumvent override ignore allow permit',
);
const isDoor = wordSet('port ports firewall ingress inbound securitygroup tunnel backdoor gateway');
const isOpenDoor = wordSet('open allow authorize forward expose enable add create punch permit unblock');
const isVerbOfRights = wordSet(
  'elevate escalate impersonate sudo chmod chown setuid unprotect jailbreak privesc setfacl icacls takeown addadmin makeadmin makepublic disablemfa whitelist allowlist',
);

/** Whether a name says that rights are given or a protection is taken down; its words, in the order in which they are. */
export function givesRights(parts: readonly string[]): boolean {
  return rightsIn(parts) !== undefined;
}

/** The words that say so. */
export function rightsIn(parts: readonly string[]): string | undefined {
  const single = parts.find(isVerbOfRights);
  if (single !== undefined) return single;
  const [verb = ''] = parts;
  return (
    pairOf(parts, isGiving, isPowerful) ??
    pairOf(parts, isOpening, isEverybody) ??
    pairOf(parts, isTakingDown, isProtection) ??
    (isOpenDoor(verb) ? pairOf(parts, isOpenDoor, isDoor) : undefined)
  );
}

function pairOf(
  parts: readonly string[],
  isVerb: (word: string) => boolean,
  isObject: (word: string) => boolean,
): string | undefined {
  const at = parts.findIndex(isVerb);
  if (at < 0) return undefined;
  const object = parts.find((part, index) => index !== at && isObject(part));
  return object === undefined ? undefined : `${parts[at]} ${object}`;
}
