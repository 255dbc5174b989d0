import type { JsonNode } from '../../core/json/node.js';
import { present, stringOf } from '../../core/json/scan.js';

/** The key under which requests of 2026-07-28 and later name the protocol version (MCP 2026-07-28, "_meta"). */
const VERSION_KEY = 'io.modelcontextprotocol/protocolVersion';
const CLIENT_KEY = 'io.modelcontextprotocol/clientInfo';
const CAPABILITIES_KEY = 'io.modelcontextprotocol/clientCapabilities';

export interface ClientInfo {
  name: string;
  version: string;
}

/** What is known of the client. In the legacy era it is said once, in the modern era with every request. */
export class ClientState {
  info: ClientInfo | undefined;
  /** The version both sides agreed on, once the server has answered `initialize`. */
  protocolVersion: string | undefined;
  #declaresForms = false;
  #handshake: Promise<void> = Promise.resolve();
  #shakeHands: () => void = () => {};

  /** Whether the client says that it can ask its user with a form (`{}` means form). The version may forbid it all the same. */
  get declaresForms(): boolean {
    return this.#declaresForms;
  }

  /** Whether `elicitation/create` with a form may be sent (since 2025-06-18), as soon as the server has answered `initialize`. */
  async canElicit(): Promise<boolean> {
    await this.#handshake;
    return this.#declaresForms && this.protocolVersion !== undefined && this.protocolVersion >= '2025-06-18';
  }

  /** Notes what the params of `initialize` say. */
  initialize(params: string): void {
    const { clientInfo, capabilities } = JSON.parse(params) as {
      clientInfo?: unknown;
      capabilities?: { elicitation?: unknown } | null;
    };
    this.info = infoOf(clientInfo) ?? this.info;
    this.#declaresForms = hasForms(capabilities?.elicitation);
    this.#shakeHands();
    this.#handshake = new Promise((resolve) => {
      this.#shakeHands = resolve;
    });
  }

  /** Notes what the answer of `initialize` says. A server may write anything, so it may also say nothing. */
  initialized(line: string): void {
    this.#shakeHands();
    try {
      const { result } = JSON.parse(line) as { result?: { protocolVersion?: unknown } };
      if (typeof result?.protocolVersion === 'string') this.protocolVersion = result.protocolVersion;
    } catch {
      this.protocolVersion = undefined;
    }
  }
}

/** Whether a request is of 2026-07-28 or later. The era is decided for each request. */
export function isModern(params: JsonNode | undefined): boolean {
  return present(params?.members?.get('_meta')?.members?.get(VERSION_KEY)) !== undefined;
}

/** Whether the client of a modern request can ask its user with a form, when the answer to the request says so. */
export function elicitsModern(text: string, params: JsonNode | undefined): boolean {
  const node = params?.members?.get('_meta')?.members?.get(CAPABILITIES_KEY);
  if (node?.kind !== 'object' || !isModern(params)) return false;
  const { elicitation } = JSON.parse(text.slice(node.start, node.end)) as { elicitation?: unknown };
  return hasForms(elicitation);
}

/** The client as the `_meta` of a modern request names it. */
export function clientOf(text: string, params: JsonNode | undefined): ClientInfo | undefined {
  const node = params?.members?.get('_meta')?.members?.get(CLIENT_KEY);
  return node && infoOf(JSON.parse(text.slice(node.start, node.end)));
}

/** The value of a member of params that is a string. */
export function stringMember(text: string, params: JsonNode | undefined, key: string): string | undefined {
  return stringOf(text, params?.members?.get(key));
}

/** Whether the capability `elicitation` means forms: an empty one does. */
function hasForms(elicitation: unknown): boolean {
  if (typeof elicitation !== 'object' || elicitation === null || Array.isArray(elicitation)) return false;
  return Object.keys(elicitation).length === 0 || Object.hasOwn(elicitation, 'form');
}

function infoOf(value: unknown): ClientInfo | undefined {
  const { name, version } = (value ?? {}) as { name?: unknown; version?: unknown };
  return typeof name === 'string' ? { name, version: typeof version === 'string' ? version : '' } : undefined;
}
