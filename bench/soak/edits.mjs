import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { brokenText, policyText } from './policies.mjs';

/** Edits the policy file as people and editors do. Knows which versions could be used, and since when. */
export class Edits {
  /** { version, at: when it was written, until: when another edit began } */
  versions = [];

  constructor(place, book, random) {
    this.place = place;
    this.book = book;
    this.random = random;
    this.#writeNext();
  }

  async edit() {
    const how = this.random.weighted([
      [5, 'in place'],
      [3, 'by renaming'],
      [2, 'in two pieces'],
      [2, 'broken'],
      [2, 'deleted'],
    ]);
    this.book.count(`policy: edited, ${how}`);
    await this[EDITS[how]]();
  }

  inPlace() {
    this.#writeNext();
  }

  byRenaming() {
    const file = `${this.place.policy}.new`;
    this.#begin((text) => {
      writeFileSync(file, text);
      renameSync(file, this.place.policy);
    });
  }

  /** An editor that takes its time: for a moment the file holds the beginning of a policy, which is none. */
  async inTwoPieces() {
    const text = this.#text();
    writeFileSync(this.place.policy, text.slice(0, this.random.between(0, text.length - 1)));
    await sleep(this.random.between(1, 40));
    this.#begin((whole) => writeFileSync(this.place.policy, whole), text);
  }

  async broken() {
    writeFileSync(this.place.policy, brokenText(this.random));
    await sleep(this.random.between(100, 1_500));
    this.#writeNext();
  }

  async deleted() {
    rmSync(this.place.policy);
    await sleep(this.random.between(100, 1_500));
    this.#writeNext();
  }

  #writeNext() {
    this.#begin((text) => writeFileSync(this.place.policy, text));
  }

  #text() {
    return policyText(this.versions.length, this.random);
  }

  #begin(write, text = this.#text()) {
    const begun = Date.now();
    write(text);
    this.versions.push({ version: this.versions.length, begun, at: Date.now() });
  }
}

const EDITS = {
  'in place': 'inPlace',
  'by renaming': 'byRenaming',
  'in two pieces': 'inTwoPieces',
  broken: 'broken',
  deleted: 'deleted',
};
