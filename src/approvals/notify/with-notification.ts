import type { Approver } from '../queue/approver.js';

/**
 * A channel that does not call people by itself: what is asked through it is announced on the desktop, where the policy
 * says so. Nothing waits for that. What announces is loaded when it is first needed.
 * @param notify whether the policy in force says so
 */
export function withNotification(
  approver: Approver,
  notify: () => boolean,
  tell: (note: string) => void,
): Approver {
  let announce: Promise<(request: Parameters<Approver['ask']>[0]) => void> | undefined;
  return {
    via: approver.via,
    available: (request) => approver.available(request),
    ask(request, signal) {
      if (notify() && !signal.aborted) {
        announce ??= import('./desktop-notification.js').then(({ notifier }) => notifier(tell));
        announce.then((show) => show(request)).catch(() => {});
      }
      return approver.ask(request, signal);
    },
  };
}
