import type { ConfigNode } from '../../src/clients/formats/config-text.js';

/** What the nodes of a config say. */
export function plain(node: ConfigNode, other = (value: unknown) => value): unknown {
  switch (node.kind) {
    case 'text':
      return node.value;
    case 'list':
      return node.items.map((item) => plain(item, other));
    case 'map': {
      const result = {};
      for (const { key, value } of node.members)
        Object.defineProperty(result, key, {
          value: plain(value, other),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      return result;
    }
    default:
      return other(node.value);
  }
}
