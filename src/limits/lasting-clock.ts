import { type Clocks, MACHINE, SHORTEST_SLEEP } from '../platform/clocks.js';

/**
 * A clock of the time that has passed for people: it never goes back, goes on while the machine sleeps, and does not follow
 * a wall clock that is set. That the wall clock has moved on is only a hint to look: what it says alone counts for nothing, and
 * sleep that it does not show is not counted, so that windows are rather too long than too short. Milliseconds.
 */
export function lastingClock(clocks: Clocks = MACHINE): () => number {
  let slept = 0;
  let awake = clocks.awake();
  let wall = clocks.wall();
  let looked = { awake, running: clocks.running() };
  return () => {
    const [nowAwake, nowWall] = [clocks.awake(), clocks.wall()];
    const jumped = nowWall - wall - (nowAwake - awake);
    [awake, wall] = [nowAwake, nowWall];
    if (jumped >= SHORTEST_SLEEP) {
      const running = clocks.running();
      const gap = running - looked.running - (nowAwake - looked.awake);
      looked = { awake: nowAwake, running };
      if (gap >= SHORTEST_SLEEP) slept += Math.min(gap, jumped);
    }
    return nowAwake + slept;
  };
}
