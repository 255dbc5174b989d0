import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { openBridge } from '../bridge/bridge.mjs';
import { readChecks } from './checks.mjs';

/**
 * Lets the suite check a server behind a bridge; returns its checks. `command` starts the server, `args` choose what
 * is checked, and all that the run leaves is below `folder`.
 */
export async function measure({ node, suite, args, command, folder }) {
  const work = path.join(folder, 'work');
  const results = path.join(folder, 'results');
  for (const place of [work, results]) mkdirSync(place, { recursive: true });
  const env = environment(folder);
  const stderr = openSync(path.join(folder, 'server.log'), 'w');
  const bridge = await openBridge({ command, cwd: work, env, stderr });
  try {
    const { all } = await execa(node, [suite, 'server', '--url', bridge.url, '-o', results, ...args], {
      cwd: work,
      env,
      extendEnv: false,
      stdin: 'ignore',
      all: true,
      // It ends with 1 when a check fails.
      reject: false,
    });
    const checks = readChecks(results);
    if (checks.size === 0) throw new Error(`The suite has checked nothing.\n${all.slice(-2_000)}`);
    return checks;
  } finally {
    await bridge.close();
    closeSync(stderr);
  }
}

/** The user's own policy and state are out of reach. */
function environment(folder) {
  const home = path.join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const { POLICY_WRAP_CONFIG: _, ...env } = process.env;
  return {
    ...env,
    HOME: home,
    USERPROFILE: home,
    APPDATA: home,
    LOCALAPPDATA: home,
    XDG_CONFIG_HOME: home,
    XDG_STATE_HOME: home,
    NO_COLOR: '1',
  };
}
