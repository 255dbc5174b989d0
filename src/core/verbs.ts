/** What a word says that a tool does, where it is the verb of the tool's name. */
export type VerbClass = 'read' | 'write' | 'execute' | 'destructive' | 'financial';

const VERBS: { readonly [name in VerbClass]: string } = {
  read:
    'get list read search find fetch describe show view retrieve lookup browse scan count query check validate verify test ' +
    'inspect analyze analyse assess explain compare summarize calculate compute estimate convert parse preview watch wait ' +
    'poll ping echo suggest recommend geocode head stat ls cat grep tail',
  write:
    'create add set update edit write put patch post insert append upsert save store upload download import export move copy ' +
    'rename duplicate clone fork commit push pull tag label assign unassign comment reply send share invite notify publish ' +
    'broadcast schedule enable disable toggle mute unmute star unstar follow unfollow archive unarchive restore revert approve ' +
    'mark dismiss close reopen open merge rebase register attach detach associate link unlink grant allow block lock unlock ' +
    'configure generate make new modify change replace sync init initialize issue request submit cancel pause resume manage ' +
    'crop resize track log connect disconnect subscribe unsubscribe checkout order capture accept',
  execute:
    'execute exec run eval evaluate invoke call trigger launch start stop restart reboot shutdown deploy redeploy promote ' +
    'rollback apply build rebuild recreate install spawn interact dispatch abort kill click press type navigate tap swipe ' +
    'drag hover scroll drive simulate shell bash sudo sql command script',
  destructive:
    'delete remove destroy drop purge clear clean cleanup reset erase wipe truncate uninstall unregister deregister terminate ' +
    'revoke prune flush discard trash expunge shred format del rm rmdir unlink crud deletion removal erasure nuke empty',
  financial: 'pay refund charge purchase buy sell trade payout withdraw deposit donate transfer invoice bill reimburse remit',
};

/** Words that are as often a noun (`pull_request`, `order_list`): they are the verb only where no other word is. */
const OFTEN_NOUNS = new Set(
  (
    'test query count check scan view watch stat head tail echo cat post tag label comment reply share commit fork pull push link ' +
    'log issue request order track lock block new checkout init open build type script command sql shell bash call drive press ' +
    'format trash empty charge transfer trade deposit invoice bill merge import export schedule star archive copy run start stop set'
  ).split(' '),
);
