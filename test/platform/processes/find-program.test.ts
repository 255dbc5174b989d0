import { describe, expect, it } from 'vitest';
import { findProgram, programPlaces } from '../../../src/platform/processes/find-program.js';
import { onWindows } from '../../skip.js';

describe('where Windows may have a program', () => {
  it.each<[string, string, string[]]>([
    ['ask', 'C:\\bin', ['C:\\bin\\ask.exe', 'C:\\bin\\ask.cmd']],
    [
      'ask',
      'C:\\bin;D:\\more\\',
      ['C:\\bin\\ask.exe', 'C:\\bin\\ask.cmd', 'D:\\more\\ask.exe', 'D:\\more\\ask.cmd'],
    ],
    ['ask.CMD', 'C:\\bin', ['C:\\bin\\ask.CMD']],
    ['ask.js', 'C:\\bin', ['C:\\bin\\ask.js.exe', 'C:\\bin\\ask.js.cmd']],
    ['ask.exe', '"C:\\my bin"', ['C:\\my bin\\ask.exe']],
    ['ask.exe', '\\\\server\\share', ['\\\\server\\share\\ask.exe']],
    // The working directory, in all its spellings.
    ['ask.exe', '.;;bin;..\\bin;C:bin', []],
    ['ask.exe', '', []],
  ])('%s on %j', (name, searchPath, expected) => {
    expect(programPlaces(name, searchPath, '.EXE;.CMD')).toEqual(expected);
  });

  it.skipIf(onWindows('we look for the program'))('elsewhere the system looks by itself', () => {
    expect(findProgram('ask')).toBe('ask');
  });
});
