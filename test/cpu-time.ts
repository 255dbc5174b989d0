/**
 * Milliseconds that this process computes for, by its own clock. Other work on the machine does not count, so that what is to
 * take little time can be told from what takes long on a machine that is busy, too.
 */
export function cpuTime(act: () => unknown): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
