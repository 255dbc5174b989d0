import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';

/** A server, ready to be started with the file in which it writes; or why this machine cannot have it. */
export type Prepared = { command: string; args: readonly string[] } | { missing: string };

/** Builds the Go server, from the standard library alone. */
export async function buildGo(source: string): Promise<Prepared> {
  const env = { GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOPROXY: 'off' };
  if (!(await runs('go', ['version'], source, env))) return { missing: 'go is not installed' };
  return built(source, (target) => failure('go', ['build', '-o', target, '.'], source, env));
}

/** Builds the C server, where the library is installed. */
export async function buildC(source: string): Promise<Prepared> {
  const flags = ['-fsyntax-only', '-include', 'cjson/cJSON.h', '-x', 'c', '/dev/null'];
  if (!(await runs('cc', flags, source))) return { missing: 'no C compiler with cJSON' };
  return built(source, (target) => failure('cc', ['main.c', '-lcjson', '-o', target], source));
}

/** Builds the Rust server. The crates come from the registry, unless they are here already. */
export async function buildRust(source: string): Promise<Prepared> {
  if (!(await runs('cargo', ['--version'], source))) return { missing: 'cargo is not installed' };
  return built(source, async (target) => {
    const unfetched = await failure('cargo', ['fetch', '--quiet', '--locked'], source);
    if (unfetched) return `the crates cannot be fetched: ${unfetched}`;
    const folder = `${target}.d`;
    const args = ['build', '--quiet', '--locked', '--offline', '--target-dir', folder];
    const unbuilt = await failure('cargo', args, source);
    if (!unbuilt) renameSync(path.join(folder, 'debug/differential'), target);
    return unbuilt;
  });
}

/** Whether a program is there and this succeeds. */
export async function runs(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<boolean> {
  const { failed } = await execa(command, args, { cwd, env, reject: false, stdin: 'ignore' });
  return !failed;
}

/** What a tool that is there, and may be too old or lack another one, says when it fails. */
async function failure(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<string | undefined> {
  const ended = await execa(command, args, { cwd, env, reject: false, stdin: 'ignore' });
  if (!ended.failed) return undefined;
  const lines = (ended.stderr ?? '').split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((each) => /\berror\b/.test(each)) ?? lines[0] ?? ended.shortMessage;
  return (line ?? command).trim();
}

/**
 * Builds what is not there yet. The name says what it was built from, so nothing old is ever taken. `build` makes the
 * target, or says what is missing.
 */
async function built(
  source: string,
  build: (target: string) => Promise<string | undefined>,
): Promise<Prepared> {
  const folder = ownFolder();
  const command = path.join(folder, `${path.basename(source)}-${digestOf(source)}`);
  if (existsSync(command)) return { command, args: [] };
  const work = mkdtempSync(path.join(folder, 'build-'));
  try {
    const target = path.join(work, 'server');
    const missing = await build(target);
    if (missing) return { missing };
    renameSync(target, command);
    return { command, args: [] };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What lies in a folder of another user is not run. */
function ownFolder(): string {
  const { uid, username } = userInfo();
  const folder = path.join(tmpdir(), `policy-wrap-differential-${uid < 0 ? username : uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { mode } = statSync(folder);
  const isOwn =
    lstatSync(folder).isDirectory() && (uid < 0 || (statSync(folder).uid === uid && !(mode & 0o022)));
  return isOwn ? folder : mkdtempSync(path.join(tmpdir(), 'policy-wrap-differential-'));
}

function digestOf(source: string): string {
  const digest = createHash('sha256');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).sort();
  for (const file of files) {
    const whole = path.join(source, file);
    if (statSync(whole).isFile()) digest.update(`${file}\0`).update(readFileSync(whole)).update('\0');
  }
  return digest.digest('hex').slice(0, 16);
}
