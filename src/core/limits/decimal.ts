/** An exact decimal number, `digits / 10^scale`: sums of prices have no rounding. The scale is never negative. */
export interface Decimal {
  digits: bigint;
  scale: number;
}

export const ZERO: Decimal = { digits: 0n, scale: 0 };

/**
 * The decimal that a number is written as: 0.1 is one tenth, not the nearest double. Undefined for NaN and infinities.
 * The text of a double is the shortest that reads back as it (ECMA-262, Number::toString).
 */
export function toDecimal(value: bigint | number): Decimal | undefined {
  if (typeof value === 'bigint') return { digits: value, scale: 0 };
  const match = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) return undefined;
  const [, whole = '0', fraction = '', exponent = '0'] = match;
  return scaled(BigInt(whole + fraction), fraction.length - Number(exponent));
}

export function add(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  return { digits: digitsAt(one, scale) + digitsAt(other, scale), scale };
}

export function subtract(one: Decimal, other: Decimal): Decimal {
  return add(one, { digits: -other.digits, scale: other.scale });
}

/** Negative, zero or positive, as `one` is less than, equal to or greater than `other`. */
export function compare(one: Decimal, other: Decimal): number {
  const { digits } = subtract(one, other);
  if (digits === 0n) return 0;
  return digits < 0n ? -1 : 1;
}

export function isNegative({ digits }: Decimal): boolean {
  return digits < 0n;
}

/** Plain digits without an exponent or trailing zeros: `1000`, `0.3`, `-2.5`. */
export function formatDecimal({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

function scaled(digits: bigint, scale: number): Decimal {
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function digitsAt({ digits, scale }: Decimal, wanted: number): bigint {
  return wanted === scale ? digits : digits * 10n ** BigInt(wanted - scale);
}
