import { version } from './core/version.js';
import { Bundles } from './platform/bundles.js';
import { KeptCode } from './platform/files/kept-code.js';
import { userFolders } from './platform/user-folders.js';

/** By then a session has called most of what it needs of our code, and waits. Milliseconds. */
const STARTED = 3_000;

type Start = typeof import('./start.js');

/**
 * The way in: loads the program from code that was compiled before, where there is some, and sees to it that the next start
 * finds some: while a session waits, since that takes some 10 ms, or at the end of what is shorter.
 * @param explain says what an error is about, where it is about the installation, and returns whether it is
 */
export function start(explain: (error: unknown) => boolean): void {
  const bundles = new Bundles(__dirname, require, keptCode());
  (bundles.load('./shared.cjs') as Start).startProgram(explain);
  setTimeout(() => bundles.keep(), STARTED).unref();
  process.on('exit', () => bundles.keep());
}

/** Undefined where nothing can be kept, or the user wants nothing to be. */
function keptCode(): KeptCode | undefined {
  const { NODE_DISABLE_COMPILE_CACHE, NODE_V8_COVERAGE } = process.env;
  if (NODE_DISABLE_COMPILE_CACHE || NODE_V8_COVERAGE) return undefined;
  try {
    return new KeptCode(userFolders().cache, `${version()} ${__dirname}`);
  } catch {
    return undefined;
  }
}
