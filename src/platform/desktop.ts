/** Turns everything off that would appear on a desktop, for this process and all that it starts. */
export const DESKTOP_VARIABLE = 'POLICY_WRAP_DESKTOP';

const OFF: ReadonlySet<string> = new Set(['off', 'no', 'false', '0', 'never']);

/** What a process says of itself when it runs where nobody looks at this machine's screen. */
const ELSEWHERE = ['SSH_CONNECTION', 'SSH_CLIENT', 'SSH_TTY', 'CODESPACES', 'REMOTE_CONTAINERS'];

/**
 * Whether something may appear on the desktop.
 * @param wanted what the policy says; undefined: where somebody seems to sit at one
 */
export function mayUseDesktop(
  wanted: boolean | undefined,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (OFF.has((env[DESKTOP_VARIABLE] ?? '').trim().toLowerCase())) return false;
  return wanted ?? isAtDesktop(env, platform);
}

/** Not in CI, not over ssh or in a container that is worked in from elsewhere, and not without a display. */
function isAtDesktop(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (isSet(env['CI'])) return false;
  if (ELSEWHERE.some((name) => isSet(env[name]))) return false;
  // Services of Windows run in a session that nobody sees.
  if (platform === 'win32') return env['SESSIONNAME'] !== 'Services';
  return platform === 'darwin' || isSet(env['DISPLAY']) || isSet(env['WAYLAND_DISPLAY']);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && !OFF.has(value.toLowerCase());
}
