import { Refusal } from './refusal.js';
import type { Kind, Property, ToolDefinition } from './tool.js';

/** The arguments of one call, checked against the tool's schema, with the defaults filled in. */
export class Arguments {
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #properties: Readonly<Record<string, Property>>;

  /** Throws a Refusal that names the first argument that is missing, unknown or of the wrong type. */
  constructor({ name, inputSchema }: ToolDefinition, given: Readonly<Record<string, unknown>>) {
    this.#given = given;
    this.#properties = inputSchema.properties;
    for (const [key, property] of Object.entries(inputSchema.properties)) {
      const flaw = Object.hasOwn(given, key) ? flawOf(given[key], property) : missing(property);
      if (flaw !== undefined) throw new Refusal(`${name}: the argument ${key} ${flaw}.`);
    }
    const unknown = Object.keys(given).find((key) => !Object.hasOwn(inputSchema.properties, key));
    if (unknown !== undefined) throw new Refusal(`${name} takes no argument ${unknown}.`);
  }

  /** Whether the caller has given the argument, rather than left it to its default. */
  has(key: string): boolean {
    return Object.hasOwn(this.#given, key);
  }

  text(key: string): string {
    const value = this.#value(key);
    return typeof value === 'string' ? value : '';
  }

  flag(key: string): boolean {
    return this.#value(key) === true;
  }

  /** Undefined where a nullable argument is null. */
  integer(key: string): number | undefined {
    const value = this.#value(key);
    return typeof value === 'number' ? value : undefined;
  }

  #value(key: string): unknown {
    return this.has(key) ? this.#given[key] : this.#properties[key]?.default;
  }
}

function missing(property: Property): string | undefined {
  return property.default === undefined ? 'is missing' : undefined;
}

function flawOf(value: unknown, property: Property): string | undefined {
  if ('anyOf' in property && value === null) return undefined;
  const kind = 'anyOf' in property ? property.anyOf[0].type : property.type;
  if (!isOfKind(value, kind)) return `must be of type ${kind}`;
  return property.default === undefined && value === '' ? 'must not be empty' : undefined;
}

function isOfKind(value: unknown, kind: Kind): boolean {
  return kind === 'integer' ? Number.isSafeInteger(value) : typeof value === kind;
}
