import type { Category } from './classify.js';

const WORDS: { readonly [name in Category]: string } = {
  read:
    'is has get list read search find fetch describe show retrieve lookup browse validate verify inspect analyze analyse ' +
    'assess explain compare summarize summarise calculate compute estimate simulate convert parse preview wait ping echo ' +
    'suggest recommend geocode ls cat grep tail view check count scan query',
  write:
    'create add set update edit write put patch insert append upsert overwrite save store upload download import export ' +
    'move copy rename duplicate clone push assign send share invite notify publish broadcast enable disable toggle mute ' +
    'unmute star unstar archive restore revert approve reject accept mark dismiss close reopen register attach detach ' +
    'associate unlink grant configure generate modify change replace sync submit pause resume manage subscribe unsubscribe ' +
    'commit pull post comment reply tag label fork link issue request order transfer lock block schedule capture',
  execute:
    'execute exec run eval evaluate invoke call trigger launch start stop restart reboot shutdown deploy redeploy promote ' +
    'rollback apply rebuild recreate install spawn interact dispatch cancel abort merge click press navigate tap swipe drag ' +
    'hover scroll build bash shell sql terminal command script',
  destructive:
    'delete remove destroy drop purge clear clean cleanup reset erase wipe truncate uninstall unregister deregister terminate ' +
    'kill revoke prune flush shred rm rmdir unlink crud deletion removal erasure nuke trash empty discard',
  financial: 'pay refund purchase buy sell payout withdraw donate reimburse charge trade deposit',
};

const CATEGORIES: readonly Category[] = ['read', 'write', 'execute', 'destructive', 'financial'];

/** What a word says that a tool does, where it is the verb of the tool's name. */
export const VERBS: ReadonlyMap<string, Category> = new Map(
  CATEGORIES.flatMap((category) => listed(WORDS[category]).map((word) => [word, category] as const)),
);

/** As often a noun (`pull_request_read`, `order_list`): the verb only where there is no better one. */
export const OFTEN_NOUNS: ReadonlySet<string> = new Set(
  listed(
    'view check count scan query tail cat commit pull post comment reply tag label fork link issue request order transfer lock ' +
      'block schedule capture build bash shell sql terminal command script trash empty discard charge trade deposit',
  ),
);

/** These mean the same wherever they stand in a name. */
export const UNMISTAKABLE: ReadonlySet<string> = new Set(
  listed(
    'delete remove destroy purge erase wipe truncate uninstall unregister deregister terminate revoke crud deletion ' +
      'execute exec write replace overwrite upsert',
  ),
);

/** A name that has no verb and ends so asks for something: `git_status`. */
export const READ_NOUNS: ReadonlySet<string> = new Set(
  listed(
    'status diff log logs tree info details summary stats statistics history metrics version health help docs ' +
      'documentation instructions directions screenshot',
  ),
);

/** Making, changing or cancelling one of these moves money or promises it. */
export const MONEY: ReadonlySet<string> = new Set(
  listed('payment refund invoice charge payout purchase subscription donation funds money'),
);
/** The same for two words. */
export const MONEY_PAIRS: ReadonlySet<string> = new Set([
  'payment link',
  'credit note',
  'bank transaction',
  'fund transfer',
  'funds transfer',
  'bank transfer',
  'wire transfer',
  'money transfer',
  'dispute claim',
]);
/** With these an order is one for goods and not one of things. */
export const ORDERING: ReadonlySet<string> = new Set(listed('create place submit cancel confirm'));
/** Subscriptions to these cost nothing. */
export const FREE: ReadonlySet<string> = new Set(
  listed(
    'notification notifications topic event events webhook email newsletter feed channel sns queue message messages',
  ),
);

/** What is sent to one of these is carried out: `send_command`. */
export const INTERPRETERS: ReadonlySet<string> = new Set(
  listed('command commands shell bash sql terminal stdin keystrokes'),
);
export const SENDING: ReadonlySet<string> = new Set(listed('send submit write put post'));
/** A query of these is written in a language that can do more than ask. */
export const QUERIED: ReadonlySet<string> = new Set(listed('sql database databases db statement raw'));

function listed(text: string): string[] {
  return text.split(' ');
}
