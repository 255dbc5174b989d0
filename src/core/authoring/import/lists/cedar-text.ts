/** One policy of Cedar, as far as its head goes (https://docs.cedarpolicy.com/policies/syntax-policy.html). */
export interface CedarPolicy {
  effect: 'permit' | 'forbid';
  /** What the head says between the parentheses, without what separates it. */
  principal: string;
  action: string;
  resource: string;
  /** Whether it has a `when` or `unless`. */
  conditional: boolean;
}

const TOKEN =
  /\s+|\/\/[^\n]*|"(?:[^"\\]|\\.)*"|@\w+(?:\((?:[^")]|"(?:[^"\\]|\\.)*"){0,4096}\))?|[A-Za-z_]\w*|::|==|[-<>=!&|+*/.%[\](){},;:?]|\d+/y;

/**
 * The policies of a text; undefined where it is not Cedar. Conditions are not read, only found.
 */
export function cedarPolicies(text: string): CedarPolicy[] | undefined {
  const policies: CedarPolicy[] = [];
  let tokens: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined) return undefined;
    if (/^(?:\s|\/\/|@)/.test(token)) continue;
    if (token !== ';') tokens.push(token);
    else {
      const policy = policyOf(tokens);
      if (policy === undefined) return undefined;
      policies.push(policy);
      tokens = [];
    }
  }
  return tokens.length === 0 ? policies : undefined;
}

function policyOf([effect, open, ...rest]: readonly string[]): CedarPolicy | undefined {
  if ((effect !== 'permit' && effect !== 'forbid') || open !== '(') return undefined;
  const end = closing(rest);
  if (end === undefined) return undefined;
  const [principal, action, resource, more] = parts(rest.slice(0, end));
  if (
    principal?.[0] !== 'principal' ||
    action?.[0] !== 'action' ||
    resource?.[0] !== 'resource' ||
    more?.length
  )
    return undefined;
  const scope = (words: readonly string[]) => words.slice(1).join(' ');
  return {
    effect,
    principal: scope(principal),
    action: scope(action),
    resource: scope(resource),
    conditional: rest.length > end + 1,
  };
}

/** Where the parenthesis ends that is open at the start. */
function closing(tokens: readonly string[]): number | undefined {
  let depth = 1;
  for (const [at, token] of tokens.entries()) {
    if (token === '(' || token === '[' || token === '{') depth++;
    if (token === ')' || token === ']' || token === '}') depth--;
    if (depth === 0) return at;
  }
  return undefined;
}

/** What stands between the commas that are in no bracket. A comma at the end is allowed. */
function parts(tokens: readonly string[]): string[][] {
  const found: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token === '[') depth++;
    if (token === ']') depth--;
    if (token === ',' && depth === 0) found.push([]);
    else found.at(-1)?.push(token);
  }
  return found;
}
