import { mayUseDesktop } from '../../platform/desktop.js';
import type { Approver } from '../queue/approver.js';

/**
 * A channel that does not call people by itself: what is asked through it is announced on the desktop. Nothing waits for that.
 * What announces is loaded when it is first needed.
 * @param notify whether the policy in force says so; undefined: where there is a desktop
 * @param tell is told when that cannot be done, where the policy wants it
 */
export function withNotification(
  approver: Approver,
  notify: () => boolean | undefined,
  tell: (note: string) => void,
): Approver {
  let announce: Promise<(request: Parameters<Approver['ask']>[0]) => void> | undefined;
  return {
    via: approver.via,
    available: (request) => approver.available(request),
    ask(request, signal) {
      if (mayUseDesktop(notify()) && !signal.aborted) {
        announce ??= import('./desktop-notification.js').then(({ notifier }) =>
          notifier((note) => notify() && tell(note)),
        );
        announce.then((show) => show(request)).catch(() => {});
      }
      return approver.ask(request, signal);
    },
  };
}
