import crossSpawn from 'cross-spawn';

/** As that of Node, but it starts `.cmd` files, too. The build has this file run when it is first used: other systems never do. */
export const spawnOnWindows = crossSpawn;
