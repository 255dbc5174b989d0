import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesOfFiles, circlesOfFolders } from './architecture/circles.js';
import { type House, houseOf, readHouse } from './architecture/house.js';
import { wrongArrows } from './architecture/layers.js';
import {
  badFiles,
  forbiddenPackages,
  fullFolders,
  homelessPackages,
  longMedian,
  looseNormalForms,
  nodeOutOfPlace,
  repeatedExports,
  unknownToPage,
  writersToStdout,
} from './architecture/rules.js';

const house = readHouse(path.resolve(import.meta.dirname, '../src'));

/** Each rule lists its offenders; the second part is a house that breaks it, and what must then be said. */
const RULES: Readonly<Record<string, [(house: House) => string[], Record<string, string>, string]>> = {
  'no circle of files': [
    circlesOfFiles,
    {
      'core/text/a.ts': `import type { B } from '../json/b.js';`,
      'core/json/b.ts': `export const c = import('../text/a.js');`,
    },
    'core/json/b.ts ↔ core/text/a.ts',
  ],
  'no circle of folders at any level': [
    circlesOfFolders,
    {
      'core/text/a.ts': `import '../json/b.js';`,
      'core/json/b.ts': '',
      'core/json/c.ts': `export type { D } from '../text/d.js';`,
      'core/text/d.ts': 'export type D = 1;',
    },
    'core/json ↔ core/text',
  ],
  'arrows run down': [
    wrongArrows,
    { 'core/text/a.ts': `export { b } from '../json/b.js';`, 'core/json/b.ts': 'export const b = 1;' },
    'core/text/a.ts → core/json/b.ts',
  ],
  'every room has a row': [wrongArrows, { 'attic/a.ts': '' }, `attic has no row in ''`],
  'at most twelve files in a folder': [
    fullFolders,
    Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`core/text/a${index}.ts`, ''])),
    'core/text: 13 files',
  ],
  'each package at home in one place': [
    homelessPackages,
    { 'core/text/a.ts': `import { parse } from 'yaml';` },
    'core/text/a.ts: yaml',
  ],
  'exported names are unique': [
    repeatedExports,
    { 'core/text/a.ts': 'export const one = 1;', 'core/json/b.ts': 'export interface one {}' },
    'one: core/text/a.ts, core/json/b.ts',
  ],
  'no Node in the core and in the page': [
    nodeOutOfPlace,
    { 'approvals/page/browser/a.ts': `import os from 'node:os';` },
    'approvals/page/browser/a.ts: node:os',
  ],
  'the page knows what is sent to it, and no more': [
    unknownToPage,
    { 'approvals/page/browser/a.ts': `import '../../inbox/inbox.js';` },
    'approvals/page/browser/a.ts → approvals/inbox/inbox.ts',
  ],
  'no SDK in the program': [
    forbiddenPackages,
    { 'proxy/a.ts': `import '@modelcontextprotocol/sdk/client/index.js';` },
    'proxy/a.ts: @modelcontextprotocol/sdk/client/index.js',
  ],
  'one owner of stdout': [writersToStdout, { 'proxy/a.ts': 'console.log(1);' }, 'proxy/a.ts'],
  'normal forms are made in time that grows with the text': [
    looseNormalForms,
    { 'proxy/a.ts': `name.normalize('NFKC');` },
    'proxy/a.ts',
  ],
  'files are short': [badFiles, { 'cli/a.ts': '\n'.repeat(251) }, 'cli/a.ts: 251 lines'],
  'names of files say something': [
    badFiles,
    { 'cli/string-utils.ts': '' },
    'cli/string-utils.ts: its name says nothing',
  ],
  'the median file is short': [longMedian, { 'cli/a.ts': '\n'.repeat(81) }, 'the median file has 81 lines'],
};

describe('the shape of the house', () => {
  it('is looked at', () => {
    expect(house.files.size).toBeGreaterThan(300);
    expect(house.imports.length).toBeGreaterThan(1500);
  });

  it.each(Object.entries(RULES))('%s', (_, [rule]) => {
    expect(rule(house)).toEqual([]);
  });

  it.each(Object.entries(RULES))('a house that breaks it is found: %s', (_, [rule, files, offender]) => {
    expect(rule(houseOf(new Map(Object.entries(files))))).toContain(offender);
  });
});
