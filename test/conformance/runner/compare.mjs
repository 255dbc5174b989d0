import { ACCEPTED } from './accepted.mjs';

/** What differs between the checks of two runs: { key, direct, wrapped }, the last two to be read by people. */
export function compare(direct, wrapped) {
  const keys = new Set([...direct.keys(), ...wrapped.keys()]);
  return [...keys].flatMap((key) => {
    const difference = differenceOf(key, direct.get(key), wrapped.get(key));
    return difference ? [{ key, ...difference }] : [];
  });
}

function differenceOf(key, direct, wrapped) {
  if (!direct || !wrapped) return { direct: told(direct), wrapped: told(wrapped) };
  if (direct.status !== wrapped.status || direct.message !== wrapped.message)
    return { direct: told(direct), wrapped: told(wrapped) };
  if (direct.details === wrapped.details || ACCEPTED.has(key)) return undefined;
  const at = firstUnequal(direct.details, wrapped.details);
  return { direct: around(direct.details, at), wrapped: around(wrapped.details, at) };
}

function told(check) {
  return check ? `${check.status} ${check.message}`.trimEnd() : 'absent';
}

function firstUnequal(one, other) {
  let at = 0;
  while (one[at] === other[at]) at++;
  return at;
}

function around(text, at) {
  return `… ${text.slice(Math.max(0, at - 80), at + 120)} …`;
}
