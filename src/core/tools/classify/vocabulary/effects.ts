import type { Category } from '../../category.js';
import { isContent, isDriven, isDriving, wordSet } from './nouns.js';

/** A picture of something is taken from it without changing it. */
const isTaking = wordSet('take capture grab');
/** A snapshot of one of these is kept. */
export const isKept = wordSet(
  'droplet volume disk database db instance cluster vm server machine table repository index',
);
const isPicture = wordSet('ui page dom browser screenshot snapshot picture photo image screen frame');
/** What is made of these is an answer, and nothing else has changed. */
const isAnswer = wordSet(
  'qr barcode uuid guid hash checksum summary summaries report explanation diff suggestion recommendation outline statistics ' +
    'types typings overview estimate digest insights analysis deeplink permalink regex password answer description preview ' +
    'examples ideas random changelog lorem locator selector chart graph plot diagram figure visualization infographic mindmap wordcloud histogram',
);
const isDrawing = wordSet('generate draw render plot visualize visualise chart');
/** Following where one of these is changes nothing of it. */
const isOnItsWay = wordSet('shipment package parcel flight order delivery status price progress');
/** Opening one of these shows what is in it. */
const isEntry = wordSet('node entity entities record note memory memories article');
/** These are looked up by another name of theirs. */
const isReference = wordSet(
  'id name symbol address url domain hostname dns library handle path uri reference doi conid contract ens package ip',
);
/** Text is given back in another form. */
export const isRewording = wordSet(
  'format beautify prettify minify escape unescape encode hash slugify normalize embed tokenize convert',
);
const isPlainText = wordSet(
  'json xml yaml yml toml sql text string date number url html markdown currency timestamp base64 csv color embedding query ' +
    'phone amount',
);
const isPausing = wordSet(
  'pause resume continue switch open close lock unlock toggle activate dim turn next previous skip play',
);
const isMachine = wordSet(
  'playback player music speaker tv light lamp door garage thermostat vacuum blinds shutters heater fan valve sprinkler robot ' +
    'car vehicle drone printer track song next previous scene plug device debugger',
);
const isRunning = wordSet(
  'job pipeline process container instance vm server service cluster execution dag workflow script',
);
/** To make one is to start it. */
const isLaunched = wordSet('pipeline deployment deploy run execution dispatch build rollout');
/** Taken out of a picture, a sound or a text. */
const isBlemish = wordSet('background watermark noise silence whitespace accent');
const isDisk = wordSet('disk drive partition volume filesystem usb sdcard');
const isConverted = wordSet('lead deal account issue task draft discussion repository');
const isPrinted = wordSet('document label receipt job page');
const isTried = wordSet('connection connectivity auth authentication credential regex pattern configuration');
const isSent = wordSet('notification email message webhook alert');
const isDeployed = wordSet('application app');
const isPerson = wordSet('admin user member moderator role owner contact participant');
/** What is closed, unlinked or cleaned of these is gone. */
const isClosedForGood = wordSet(
  'account tenant workspace membership org organization organisation profile wallet',
);
const isFile = wordSet('file path symlink link directory folder inode hardlink');
const isMedium = wordSet('disk drive device volume media storage usb ssd hdd sdcard tape nvme');
/** What runs, and what is patched or migrated in it. */
const isWorkload = wordSet(
  'deployment pod service statefulset daemonset replicaset namespace ingress cluster node nodepool server instance workload kernel host machine vm container crd router firmware',
);
const isSchema = wordSet('database db schema production prod tenant');
const isMigration = wordSet('migration failover cutover switchover promotion');
/** Who does what it is asked. */
const isDelegate = wordSet('agent subagent assistant worker crew swarm bot copilot minion coworker teammate');
/** What is received from one of these is taken away from others. */
const isQueue = wordSet('message queue sqs mq topic job task event');
const isAsked = wordSet(
  'ask tell consult message prompt instruct query chat invoke call assign task delegate command',
);
const isMail = wordSet('mail email sms chat slack inbox');
const isHistory = wordSet('history');
const isPretending = wordSet('simulate emulate mimic');
export const isGesture = wordSet(
  'key keypress keystroke click tap touch swipe mouse keyboard press input gesture scroll typing drag pinch user',
);

/** What a verb comes to when it is done to this; undefined when it is what the verb itself says. */
export function effectOn(verb: string, object: readonly string[]): Category | undefined {
  const on = (isOne: (word: string) => boolean) => object.some((word) => word !== verb && isOne(word));
  if (verb === 'drop' && object.includes('drag')) return 'execute';
  if (verb === 'apply' || verb === 'merge') return on(isContent) ? 'write' : undefined;
  if (verb === 'close' || verb === 'deactivate') {
    if (on(isClosedForGood)) return 'destructive';
  }
  if (verb === 'unlink') return object.length < 2 || on(isFile) ? 'destructive' : undefined;
  if (/^(?:sanitize|sanitise|zero|blank|burn|overwrite|trim|fill)$/.test(verb) && on(isMedium))
    return 'destructive';
  if (verb === 'push' && object.includes('force')) return 'destructive';
  if (verb === 'patch') return on(isWorkload) ? 'execute' : undefined;
  if (verb === 'migrate') return on(isSchema) ? 'execute' : undefined;
  if (/^(?:complete|finish|confirm|finalize|commit)$/.test(verb) && on(isMigration)) return 'execute';
  if (isAsked(verb) && on(isDelegate)) return 'execute';
  if (verb === 'receive') return on(isQueue) && !object.some(isMail) ? 'write' : undefined;
  if (verb === 'rewrite') return on(isHistory) ? 'destructive' : undefined;
  if (verb === 'promote') return on(isPerson) ? 'write' : undefined;
  if (verb === 'answer') return object.includes('call') ? 'execute' : undefined;
  if (verb === 'clean') return on(isPlainText) ? 'write' : undefined;
  if (verb === 'remove' || verb === 'erase') return on(isBlemish) ? 'write' : undefined;
  if (verb === 'create') return isLaunched(object.at(-1) ?? '') ? 'execute' : undefined;
  if (verb === 'format') return on(isDisk) ? 'destructive' : undefined;
  if (verb === 'convert') return on(isConverted) ? 'write' : undefined;
  if (verb === 'print') return on(isPrinted) ? 'execute' : undefined;
  if (verb === 'test') return on(isTried) ? 'read' : on(isSent) ? 'write' : undefined;
  if (verb === 'sync') return on(isDeployed) ? 'execute' : undefined;
  if (isTaking(verb) || verb === 'snapshot') return on(isPicture) && !on(isKept) ? 'read' : undefined;
  if (isPretending(verb)) return on(isGesture) ? 'execute' : undefined;
  if (isDriving(verb) && on(isDriven)) return 'execute';
  if (/^(?:pause|resume)$/.test(verb) && on(isRunning)) return 'execute';
  if (isPausing(verb) && on(isMachine)) return 'execute';
  return undefined;
}

/** Whether a verb that says little is known to change nothing when it is done to this. */
export function isComputed(verb: string, object: readonly string[]): boolean {
  return (
    (isDrawing(verb) && object.some(isAnswer)) ||
    (verb === 'open' && object.some(isEntry)) ||
    (verb === 'resolve' && object.some(isReference)) ||
    (verb === 'track' && object.some(isOnItsWay)) ||
    (isRewording(verb) && object.some(isPlainText))
  );
}
