import type { Category } from '../../category.js';

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
    'screenshot interpret blame check ' +
    'obtener buscar consultar leer mostrar listar obtenir chercher rechercher lire afficher lister abrufen holen lesen suchen anzeigen ' +
    'zeigen auflisten obter ler cerca leggi mostra ottenere elenca',
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
    'untag unlabel unstage relate enroll onboard allocate reserve quarantine ' +
    'initialize initialise init establish ensure forward redact unignore ignore reassign undo redo undelete uncheck hide unhide highlight mkdir mv cp chmod chown scp rsync expose consolidate reconcile repost reshare rsvp decline propose demote elevate assume renew extend resend republish unlist mirror backfill anonymize dedupe deduplicate categorize alter unpublish unschedule wget ' +
    'enqueue reply define fulfil fulfill ' +
    'crear crea actualizar enviar agregar guardar modificar modifica subir creer ajouter modifier envoyer erstellen erstelle anlegen ' +
    'aktualisieren senden speichern hinzufugen schreiben criar atualizar adicionar salvar aggiorna invia aggiungi salva',
  execute:
    'execute exec evaluate invoke start stop restart reboot shutdown redeploy promote rollback rebuild ' +
    'recreate install reinstall spawn interact dispatch cancel abort click press navigate tap swipe drag hover scroll rerun retry ' +
    'kickoff perform failover drain cordon uncordon boot wake hibernate suspend visit goto keypress ' +
    'operate arm disarm dial ssh sudo halt rollout provision ' +
    'inject emulate replay resubmit reindex flash switchover failback ' +
    'ejecutar iniciar detener reiniciar desplegar executer lancer demarrer arreter redemarrer ausfuhren starten stoppen executar parar ' +
    'esegui avvia ferma riavvia',
  destructive:
    'delete del remove destroy drop purge clear clean cleanup reset erase wipe truncate uninstall unregister deregister terminate kill ' +
    'revoke prune flush shred rm rmdir crud deletion removal erasure nuke discard forget expunge evict decommission deprovision ' +
    'dispose hdel zrem srem xdel flushdb flushall dropdb ' +
    'scrub invalidate teardown ' +
    'eliminar elimina borrar borra quitar vaciar supprimer supprime effacer detruire vider loschen losche entfernen zurucksetzen ' +
    'excluir apagar deletar remover cancella rimuovi',
  financial:
    'rebalance remit pay refund buy sell payout withdraw donate reimburse repay prepay unstake ' +
    'pagar comprar vender reembolsar transferir cobrar facturar payer acheter vendre rembourser bezahlen zahlen kaufen verkaufen ' +
    'uberweisen erstatten paga compra vendi rimborsa estornar',
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
  destructive: 'garbage trash empty void pop expire cut kick',
  financial: 'purchase charge trade deposit stake lend borrow bet wager donation withdrawal liquidate',
};

const VAGUE =
  'snapshot sort group download capture debug touch track review sample score match hash look manage generate process handle resolve open load select render draw plan make prepare use chat work do ' +
  'go organize organise optimize optimise fix ' +
  'normalize transform design visualize visualise plot tokenize solve continue ' +
  'confirm finalize access support offer give take ' +
  'route encode ' +
  'checkout place format embed beautify prettify minify escape encode slugify roll';

let verbs: Map<string, Verb> | undefined;

/** What a base form (`delete`, not `deletes`) means as a verb; undefined for what is none. */
export function verbOf(word: string): Verb | undefined {
  verbs ??= table();
  return verbs.get(word) ?? (word.startsWith('un') ? undone(verbs.get(word.slice(2))) : undefined);
}

/** What is taken back is written, as it was when it was done: `unapprove`. */
function undone(verb: Verb | undefined): Verb | undefined {
  return verb?.kind === 'certain' && verb.category === 'write' ? verb : undefined;
}

function table(): Map<string, Verb> {
  const found = new Map<string, Verb>();
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
