import { userInfo } from 'node:os';

/** As much as an inbox takes. Characters. */
const LONGEST = 200;

/** Who decides, where it is this user. */
export function userName(): string | undefined {
  try {
    return userInfo().username.slice(0, LONGEST);
  } catch {
    // Not every user has a name, in containers for example.
    const uid = process.getuid?.();
    return uid === undefined ? undefined : `user ${uid}`;
  }
}
