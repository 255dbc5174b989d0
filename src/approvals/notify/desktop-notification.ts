import { spawn } from 'node:child_process';
import path from 'node:path';
import type { ApprovalRequest } from '../queue/approver.js';

/** What a notification names. Never arguments: a desktop shows it to whoever looks, and keeps it. */
export type Notification = Pick<ApprovalRequest, 'server' | 'name'>;

/** A program that shows a notification. */
export interface NotificationCommand {
  program: string;
  args: string[];
  /** Added to the environment. */
  env: Record<string, string>;
}

const TITLE = 'policy-wrap';
const LONGEST_NAME = 60;
/** Of a program that shows a notification. Milliseconds. */
const PATIENCE = 10_000;

/** Both texts are arguments of the script, not parts of it. Neither begins with a hyphen. */
const APPLE_SCRIPT = [
  'on run argv',
  'display notification (item 2 of argv) with title (item 1 of argv)',
  'end run',
];

/** Both texts are read from the environment and made text nodes, so that neither can end the script or the XML. */
const POWER_SHELL = `
$ErrorActionPreference = 'Stop'
$manager = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$xml = $manager::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType, Windows.UI.Notifications, ContentType = WindowsRuntime]::ToastText02)
$texts = $xml.GetElementsByTagName('text')
[void]$texts.Item(0).AppendChild($xml.CreateTextNode($env:POLICY_WRAP_TITLE))
[void]$texts.Item(1).AppendChild($xml.CreateTextNode($env:POLICY_WRAP_TEXT))
$toast = [Windows.UI.Notifications.ToastNotification, Windows.UI.Notifications, ContentType = WindowsRuntime]::new($xml)
$sender = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe'
$manager::CreateToastNotifier($sender).Show($toast)
`;

/**
 * Makes a function that announces on the desktop what waits for a person. It never waits, never throws and decides
 * nothing. What comes while a notification is being shown is announced together, after it.
 * @param tell is told once when it cannot be done
 */
export function notifier(tell: (note: string) => void): (announced: Notification) => void {
  const waiting: Notification[] = [];
  let showing = false;
  let failed = false;
  const next = () => {
    const now = waiting.splice(0);
    showing = now.length > 0;
    if (showing) show(notificationText(now), next, fail);
  };
  const fail = (why: string) => {
    if (!failed) tell(`the desktop cannot announce what waits for approval: ${why}`);
    failed = true;
  };
  return ({ server, name }) => {
    waiting.push({ server, name });
    if (!showing) next();
  };
}

/** What is shown for calls that wait. */
export function notificationText(announced: readonly Notification[]): string {
  const [only] = announced;
  return only !== undefined && announced.length === 1
    ? `A call waits for approval: ${plain(only.name)} on ${plain(only.server)}`
    : `${announced.length} more calls wait for approval`;
}

/** What shows a text on the desktop of a platform. */
export function notificationCommand(platform: NodeJS.Platform, text: string): NotificationCommand {
  switch (platform) {
    case 'darwin':
      return {
        program: '/usr/bin/osascript',
        args: [...APPLE_SCRIPT.flatMap((line) => ['-e', line]), TITLE, text],
        env: {},
      };
    case 'win32':
      return {
        program: path.win32.join(
          process.env['SystemRoot'] ?? 'C:\\Windows',
          'System32\\WindowsPowerShell\\v1.0\\powershell.exe',
        ),
        args: ['-NoProfile', '-NonInteractive', '-Command', POWER_SHELL],
        env: { POLICY_WRAP_TITLE: TITLE, POLICY_WRAP_TEXT: text },
      };
    default:
      return {
        program: 'notify-send',
        args: [`--app-name=${TITLE}`, '--', TITLE, forNotifySend(text)],
        env: {},
      };
  }
}

/** The text is read as markup and, before that, for escapes with backslashes. */
function forNotifySend(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\\', '\\\\');
}

/** A name that somebody else has chosen: short, on one line, and without what hides or reorders text. */
function plain(name: string): string {
  const shown = name.replace(/[\p{C}\p{Z}]+/gu, ' ');
  const characters = [...shown];
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME).join('')}…` : shown;
}

function show(text: string, done: () => void, fail: (why: string) => void): void {
  const { program, args, env } = notificationCommand(process.platform, text);
  const name = path.basename(program);
  try {
    const child = spawn(program, args, {
      stdio: 'ignore',
      env: { ...process.env, ...env },
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    child.unref();
    child.once('error', ({ message, code }: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      fail(code === 'ENOENT' ? `${name} was not found` : message);
      done();
    });
    child.once('exit', (code) => {
      if (code !== 0) fail(`${name} ${code === null ? 'was ended' : `ended with exit code ${code}`}`);
      done();
    });
  } catch (error) {
    fail((error as Error).message);
    done();
  }
}
