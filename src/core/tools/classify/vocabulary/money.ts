import { wordSet } from './nouns.js';

/** Making, changing or cancelling one of these moves money or promises it. */
const isMoney = wordSet(
  'payment refund invoice charge payout purchase subscription donation funds money payin checkout withdrawal deposit transaction ' +
    'bill remittance payroll chargeback paymentintent wager bet trade swap reimbursement prepayment overpayment expense renewal ' +
    'escrow salary tip position loan mortgage dividend wage royalty levy disbursement settlement installment instalment bid auction bounty stipend alimony wire ' +
    'uberweisung ueberweisung zahlung rechnung virement paiement facture bonifico pagamento fattura pago reembolso factura cobro przelew platnosc ' +
    'betaling faktura odeme fatura платеж платёж перевод счет',
);
/** The same for two words. */
const isMoneyPair = wordSet(
  'payment-link credit-note bank-transaction fund-transfer funds-transfer bank-transfer wire-transfer money-transfer ' +
    'dispute-claim checkout-session payment-intent payment-request payment-order setup-payment sales-order purchase-order ' +
    'market-order limit-order stop-order trade-order buy-order sell-order invoice-item invoice-line subscription-item debit-note ' +
    'credit-memo vendor-credit supplier-credit sales-receipt auto-renew credit-transfer direct-debit stock-order standing-order ' +
    'draft-invoice invoice-draft invoice-payment token-transfer spot-order fund-account fund-wallet add-fund add-money add-credit futures-order ' +
    'option-order options-order crypto-order gift-card ach-transfer sepa-transfer swift-transfer iban-transfer balance-transfer cash-transfer ' +
    'stop-loss wire-payment bill-payment cash-advance direct-deposit',
);
/** Coins and accounts that a transfer or a sending moves. */
const isCurrency = wordSet(
  'money fund payment sol eth btc bitcoin ether token usdc usdt crypto coin nft sats lightning balance dollars usd eur cash ' +
    'currency wei lamports xrp matic bnb stock share equity credits reward fee allowance spending iban sepa ach swift zelle venmo paypal pix upi ' +
    'bank loan wages',
);
const isMoving = wordSet(
  'send transfer move swap buy sell trade bridge stake unstake mint burn lend borrow redeem claim withdraw deposit exchange ' +
    'airdrop tip convert wire approve settle disburse remit loan pay',
);
const isCommonMove = wordSet('send transfer move convert claim wire exchange approve tip bridge settle');
const isPayer = wordSet('customer client patient tenant guest card user account buyer subscriber');
const isShopping = wordSet('cart basket shop session store order bag stripe shopify');
/** With these an order is one for goods and not one of things. */
const isOrdering = wordSet(
  'return initiate schedule create place submit cancel confirm modify amend replace capture complete execute buy sell pay make new ' +
    'close send',
);
/** With these a transaction is one of a ledger and not one of a database. */
const isLedger = wordSet(
  'send sign submit broadcast create make approve transfer add update record post pay execute void',
);
const isDatabaseWork = wordSet(
  'sql db database begin commit rollback abort start query migration redis mongo neo4j postgres',
);
/** Subscriptions to these cost nothing; these orders are for no goods. */
const isFree = wordSet(
  'notification topic event webhook email newsletter feed channel sns queue message push work sort display pubsub graphql alert ' +
    'resource thread issue stream calendar mq cursor mouse scroll camera player window element node text object layer log rss repo ' +
    'repository',
);
/** From here on a name says what for, by whom, where. */
const isPreposition = wordSet('for from to with by in on of at as via using into per after before');
/** What else is transferred. */
const isHandedOver = wordSet(
  'file data ownership domain repository repo project issue call chat ticket knowledge job app owner phone number dns zone',
);
const isSorted = wordSet(
  'by result list item status details history book id number lookup rows columns line',
);
const isTier = wordSet('plan tier premium membership subscription paid pro');
const isBookable = wordSet('flight hotel ride trip taxi ticket stay cruise rental');

/** Verbs of reading with which money is moved anyway: `collect_payment`. */
export const isTakingIn = wordSet('collect receive return obtain');

/** The words that say that money is moved, if they do; `verb` is what is done, undefined when nothing is said to be done. */
export function movedMoney(parts: readonly string[], verb: string | undefined): string | undefined {
  const behind = parts.length > 1 && parts.at(-1) === verb ? parts.slice(0, -1) : undefined;
  // `payment_create`: the verb may be last.
  return moneyIn(parts, verb) ?? (behind && moneyIn(behind, verb));
}

function moneyIn(parts: readonly string[], verb: string | undefined): string | undefined {
  if (parts.some((part) => part !== verb && isFree(part))) return undefined;
  const end = parts.findIndex((part, index) => index > 0 && isPreposition(part));
  const phrase = end > 0 ? parts.slice(0, end) : parts;
  const last = phrase.at(-1) ?? '';
  if (/\btop ?up\b/.test(parts.join(' '))) return 'top up';
  const head = verb === undefined ? last : last.replace(/(?<=[^s])s$/, '');
  const before = phrase.at(-2);
  const pair = before === undefined ? head : `${before} ${head}`;
  if (isMoneyPair(`${before}-${head}`)) return pair;
  if (verb !== undefined && isMoving(verb) && phrase.some((part) => part !== verb && isCurrency(part)))
    return phrase.slice(-2).join(' ');
  if (verb !== undefined && /^(?:subscribe|upgrade)$/.test(verb) && phrase.some(isTier))
    return `${verb} ${last}`;
  if (verb !== undefined && /^(?:mark|set|flag)$/.test(verb) && parts.includes('paid')) return 'paid';
  if (verb === 'book' && isBookable(last)) return pair;
  if (/^(?:invoice|bill)$/.test(phrase[0] ?? '') && phrase.length > 1 && isPayer(last)) return pair;
  if (head === 'order') return verb !== undefined && isOrdering(verb) ? pair : undefined;
  if (head === 'transfer')
    return verb !== undefined && isOrdering(verb) && !parts.some(isHandedOver) ? pair : undefined;
  if (head === 'transaction')
    return verb !== undefined && isLedger(verb) && !parts.some(isDatabaseWork) ? pair : undefined;
  if (head === 'position') return verb === 'close' || verb === 'open' ? pair : undefined;
  if (verb !== undefined && verb === last && isMoving(verb) && !isCommonMove(verb)) return last;
  if (head === 'checkout' && (verb === undefined || verb === head))
    return parts.some(isShopping) ? pair : undefined;
  if (verb === 'order' && parts[0] === verb && parts.length > 1 && !isSorted(parts[1] ?? '')) return pair;
  if (verb === 'checkout' && parts.some(isShopping)) return pair;
  if (head === 'swap' || head === 'tip') return verb === undefined || verb === head ? undefined : pair;
  if (verb === undefined && last.endsWith('s') && last !== 'funds') return undefined;
  return isMoney(head) ? head : undefined;
}
