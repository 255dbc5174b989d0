import { describe, expect, it } from 'vitest';
import { type TreeSignal, treeSignal } from '../../../src/platform/processes/tree-signal.js';

const TASKKILL = 'C:\\Windows\\System32\\taskkill.exe';
const END_42 = { program: TASKKILL, args: ['/pid', '42', '/t', '/f'] };

describe('how a signal is brought to a tree', () => {
  it.each<[NodeJS.Platform, number, NodeJS.Signals | 0, string | undefined, TreeSignal | undefined]>([
    ['linux', 42, 'SIGTERM', undefined, { group: 42, signal: 'SIGTERM' }],
    ['darwin', 42, 'SIGHUP', undefined, { group: 42, signal: 'SIGHUP' }],
    ['linux', 42, 0, undefined, { group: 42, signal: 0 }],
    ['win32', 42, 'SIGTERM', 'C:\\Windows', END_42],
    ['win32', 42, 'SIGKILL', 'C:\\Windows', END_42],
    ['win32', 42, 'SIGINT', 'C:\\Windows', END_42],
    ['win32', 42, 'SIGQUIT', 'C:\\Windows', END_42],
    ['win32', 42, 'SIGHUP', 'C:\\Windows', undefined],
    ['win32', 42, 'SIGUSR2', 'C:\\Windows', undefined],
    ['win32', 42, 0, 'C:\\Windows', undefined],
    [
      'win32',
      7,
      'SIGKILL',
      'D:\\my windows',
      { program: 'D:\\my windows\\System32\\taskkill.exe', args: ['/pid', '7', '/t', '/f'] },
    ],
    // Never one of the working directory.
    ['win32', 42, 'SIGKILL', '', END_42],
  ])('%s: %i, %s, in %j', (platform, pid, signal, windows, expected) => {
    expect(treeSignal(platform, pid, signal, windows)).toEqual(expected);
  });
});
