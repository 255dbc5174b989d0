/**
 * What the client knows: everything that it has asked for, and what came back. The checks compare it with the
 * server's record and the audit log.
 */
export class Book {
  /** What was asked for, by its number. A call in several rounds, or one that is repeated, is one entry. */
  entries = [];
  /** By id as JSON: how often it was used and answered. */
  ids = new Map();
  /** By digest: every line that may reach the server, numbered in the order in which they were sent. */
  lines = new Map();
  /** Every line that came: { digest, own: written by policy-wrap itself } */
  received = [];
  /** Lines on stdout that are no JSON-RPC. */
  unreadable = [];
  /** How many people think about an answer that is to be sent with a retry. */
  thinking = 0;
  /** Errors without an id that hostile lines must get, and those that came. */
  anonymous = { expected: 0, came: 0 };
  /** Records of the audit log that belong to no entry, by kind. */
  dropped = { hostile: 0, duplicates: 0, responses: 0 };
  /** Of denied calls: when they were sent and answered, and the version of the policy that denied them. */
  versions = [];
  /** Tool lists that named a hidden tool. */
  leaks = [];
  /** Faults and other things done, by kind. */
  counts = new Map();

  count(kind, number = 1) {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + number);
  }

  /** Something new to ask for. */
  open(facts) {
    const entry = { n: this.entries.length, requests: 0, honest: 0, outcomes: [], sentAt: 0, ...facts };
    this.entries.push(entry);
    return entry;
  }

  /** A request is sent under an id. */
  sent(entry, idText, digest) {
    entry.requests++;
    entry.sentAt = Date.now();
    this.expect(idText, entry);
    if (digest !== undefined) this.line(digest, { entry });
  }

  /** An answer with this id is owed. */
  expect(idText, entry) {
    const known = this.ids.get(idText);
    if (known) known.sent++;
    else this.ids.set(idText, { sent: 1, came: 0, refused: 0, cancelled: false, entry });
  }

  /** A line is sent that the server may see, or (`needed`) must. */
  line(digest, { entry, needed = false }) {
    this.lines.set(digest, { order: this.lines.size, entry, needed });
  }

  /** How many requests have had no answer so far, and have not been withdrawn. */
  get owed() {
    let owed = 0;
    for (const { sent, came, refused, cancelled } of this.ids.values())
      if (!cancelled) owed += Math.max(0, sent - came - refused);
    return owed;
  }
}
