import type { Category } from '../../category.js';
import { FOREIGN, withoutAccents } from './foreign.js';

/**
 * What a word means where it is the verb. Certain ones are hardly ever nouns; a noun that is a verb at times (`pull_request_read`,
 * `order_list`) counts only where it is like a verb; a vague one says that something is done, not what.
 */
export interface Verb {
  category: Category;
  kind: 'certain' | 'noun' | 'vague';
}

const CERTAIN: { readonly [name in Category]: string } = {
  read:
    'is has can get list read search find fetch describe show retrieve lookup browse validate verify inspect analyze analyse assess ' +
    'explain compare summarize summarise calculate compute estimate simulate convert parse preview wait ping echo suggest recommend ' +
    'geocode ls cat grep whoami whois identify detect discover explore extract scrape crawl observe diagnose lint translate transcribe ' +
    'predict classify rank decode investigate examine enumerate determine infer collect gather obtain locate recall ' +
    'print display dump return dryrun poll tell think reason reflect ask answer consult traverse aggregate hgetall hget lrange llen smembers ' +
    'zrange xrange mget lookup provide nslookup dig query grab receive peek hexists exists glob stat ' +
    'screenshot interpret blame check',
  write:
    'share unlock checkin login signin signup signout optin optout setup create add set update edit write put patch insert append upsert overwrite save store upload import export move copy ' +
    'rename duplicate clone push assign send invite notify publish broadcast enable disable toggle mute unmute star unstar ' +
    'archive unarchive restore revert approve reject accept mark dismiss close reopen register attach detach associate ' +
    'grant configure modify change replace sync submit pause resume subscribe unsubscribe unassign unshare unpublish ' +
    'remember memorize ingest annotate compose unfollow unlike like follow retweet tweet react unpin pin bookmark vote upvote downvote ' +
    'complete finish reschedule snooze postpone join encrypt decrypt compress zip unzip activate deactivate connect disconnect ' +
    'login logout authenticate authorize deny permit unblock ban unban migrate seed mount unmount bind unbind ' +
    'unlink unset prepend increment decrement transition escalate acknowledge silence ' +
    'customize adjust resize rotate crop sadd hset zadd lpush rpush xadd hmset mset setex reorder split combine ' +
    'unlink untag unlabel unstage relate enroll onboard allocate reserve quarantine ' +
    'initialize initialise init establish ensure forward redact unignore ignore reassign undo redo undelete uncheck hide unhide highlight mkdir mv cp chmod chown scp rsync expose consolidate reconcile repost reshare rsvp decline propose demote assume renew extend resend republish unlist mirror backfill anonymize dedupe deduplicate categorize alter unpublish unschedule wget rewrite ' +
    'enqueue reply define fulfil fulfill ' +
    'ack nack ackn acknowledge consume dequeue xack xreadgroup xclaim xautoclaim getset incr decr incrby decrby hincrby setnx setex getex psetex ' +
    'lset linsert rpoplpush lmove lpushx rpushx expireat pexpire persist touchfile chgrp ren',
  execute:
    'execute exec evaluate invoke start stop restart reboot shutdown redeploy promote rollback rebuild ' +
    'recreate install reinstall spawn interact dispatch cancel abort click press navigate tap swipe drag hover scroll rerun retry ' +
    'kickoff perform failover drain cordon uncordon boot wake hibernate suspend visit goto keypress ' +
    'operate arm disarm dial ssh sudo halt rollout provision ' +
    'inject emulate replay resubmit reindex flash switchover failback ' +
    'delegate handoff instruct undeploy reprovision sideload jailbreak preempt bruteforce pentest fuzz detonate defragment overclock impersonate ' +
    'elevate escalate',
  destructive:
    'delete del remove destroy drop purge clear clean cleanup reset erase wipe truncate uninstall unregister deregister terminate kill ' +
    'revoke prune flush shred rm rmdir crud deletion removal erasure nuke discard forget expunge evict decommission deprovision ' +
    'dispose hdel zrem srem xdel flushdb flushall dropdb ' +
    'scrub invalidate teardown ' +
    'rmv rmtree rmrf dlt dele deletion drp trunc zap zeroize zeroise zerofill nullify nullroute annihilate obliterate eradicate exterminate extirpate ' +
    'extinguish raze demolish dismantle scrap nix ditch abolish annul rescind repeal quash vaporize vaporise incinerate degauss deallocate ' +
    'clobber repartition reformat mkfs fdisk wreck sabotage corrupt expel dispossess disband dissolve undefine forcepush pushforce ' +
    'unenroll deinit deinitialize depopulate ' +
    'ltrim xtrim spop lpop rpop blpop brpop bzpopmin zpopmin zpopmax getdel hgetdel zremrangebyscore zremrangebyrank unsubscribeall closeaccount',
  financial:
    'rebalance remit pay buy sell withdraw donate reimburse repay prepay unstake disburse cashout cashin overpay underwrite recharge ' +
    'remunerate recompense indemnify garnish invoiceandcharge preauthorize autopay micropay payoff paydown topup defray amortize crowdfund',
};

const NOUNS: { readonly [name in Category]: string } = {
  read:
    'view count scan tail head diff monitor watch measure trace research audit map benchmark forecast ' +
    'filter sum diagnostics help crawling thinking reasoning ' +
    'calculator converter validator comparison history status checker scraper finder',
  write:
    'commit pull post comment reply tag label fork link issue request order transfer lock block schedule record log note ' +
    'draft email message report document bind stash branch backup index cache crosspost rate sign book stage queue style switch skip leave ' +
    'response respond task event rebase flag reaction cast train tune mail sms swap mint burn redeem bid bridge claim',
  execute:
    'eval curl apply run trigger launch deploy merge fire control upgrade attack exploit build bash shell sql terminal command script call play power turn step compile test release fill type ' +
    'back refresh reload focus scale ring speak act automate keyboard mouse input repl macro automation up down vacuum compact',
  destructive: 'remover garbage trash empty void pop expire cut kick',
  financial:
    'refund payout wire remittance disbursement auction purchase charge trade deposit stake lend borrow bet wager donation withdrawal liquidate',
};

const VAGUE =
  'snapshot sort group download capture debug touch track review sample score match hash look manage generate process handle resolve open load select render draw plan make prepare use chat work do ' +
  'go organize organise optimize optimise fix ' +
  'prompt sanitize sanitise blank zero burn complement normalize transform design visualize visualise plot tokenize solve continue ' +
  'confirm finalize access support offer give take ' +
  'route encode ' +
  'checkout place format embed beautify prettify minify escape encode slugify roll';

const ASCII = /^[\0-\x7f]*$/;
let verbs: Map<string, Verb> | undefined;

/** What a base form (`delete`, not `deletes`) means as a verb; undefined for what is none. */
export function verbOf(word: string): Verb | undefined {
  verbs ??= table();
  const known = verbs.get(word);
  if (known !== undefined) return known;
  if (!ASCII.test(word)) return verbs.get(withoutAccents(word));
  return word.startsWith('un') ? undone(verbs.get(word.slice(2))) : undefined;
}

/** What is taken back is written, as it was when it was done: `unapprove`. */
function undone(verb: Verb | undefined): Verb | undefined {
  return verb?.kind === 'certain' && verb.category === 'write' ? verb : undefined;
}

function table(): Map<string, Verb> {
  const found = new Map<string, Verb>();
  // The worst of what a word means in several languages; what it means in English is above that.
  for (const [category, list] of Object.entries(FOREIGN) as [Category, string][]) {
    const verb: Verb = { category, kind: 'certain' };
    for (const word of list.split(' ')) found.set(withoutAccents(word), verb);
  }
  for (const word of VAGUE.split(' ')) found.set(word, { category: 'write', kind: 'vague' });
  for (const [kind, lists] of [
    ['noun', NOUNS],
    ['certain', CERTAIN],
  ] as const)
    for (const [category, list] of Object.entries(lists) as [Category, string][]) {
      const verb: Verb = { category, kind };
      for (const word of list.split(' ')) found.set(word, verb);
    }
  return found;
}
