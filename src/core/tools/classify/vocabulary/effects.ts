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
    'examples ideas random changelog lorem locator selector',
);
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
const isDisk = wordSet('disk drive partition volume filesystem');
const isConverted = wordSet('lead deal account issue task draft discussion repository');
const isPrinted = wordSet('document label receipt job page');
const isTried = wordSet('connection connectivity auth authentication credential regex pattern configuration');
const isSent = wordSet('notification email message webhook alert');
const isDeployed = wordSet('application app');
const isPerson = wordSet('admin user member moderator role owner contact participant');
const isPretending = wordSet('simulate emulate mimic');
export const isGesture = wordSet(
  'key keypress keystroke click tap touch swipe mouse keyboard press input gesture scroll typing drag pinch user',
);

/** What a verb comes to when it is done to this; undefined when it is what the verb itself says. */
export function effectOn(verb: string, object: readonly string[]): Category | undefined {
  const on = (isOne: (word: string) => boolean) => object.some((word) => word !== verb && isOne(word));
  if (verb === 'drop' && object.includes('drag')) return 'execute';
  if (verb === 'apply' || verb === 'merge') return on(isContent) ? 'write' : undefined;
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
    (verb === 'generate' && object.some(isAnswer)) ||
    (verb === 'open' && object.some(isEntry)) ||
    (verb === 'resolve' && object.some(isReference)) ||
    (verb === 'track' && object.some(isOnItsWay)) ||
    (isRewording(verb) && object.some(isPlainText))
  );
}
