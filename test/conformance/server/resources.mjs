import { ResourceTemplate } from '@modelcontextprotocol/server';
import { PNG } from './samples.mjs';

/** A text, an image, a template, and a resource to watch. */
export function addResources(server, era) {
  server.registerResource(
    'static-text',
    'test://static-text',
    { description: 'A text.', mimeType: 'text/plain' },
    ({ href }) => one(href, 'text/plain', { text: 'This is the content of the static text resource.' }),
  );
  server.registerResource(
    'static-binary',
    'test://static-binary',
    { description: 'An image.', mimeType: 'image/png' },
    ({ href }) => one(href, 'image/png', { blob: PNG }),
  );
  server.registerResource(
    'watched-resource',
    'test://watched-resource',
    { description: 'Can be watched.', mimeType: 'text/plain' },
    ({ href }) => one(href, 'text/plain', { text: 'Nothing new' }),
  );
  server.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { description: 'One for each id.', mimeType: 'application/json' },
    ({ href }, { id }) => {
      const data = { id, templateTest: true, data: `Data for ID: ${id}` };
      return one(href, 'application/json', { text: JSON.stringify(data) });
    },
  );
  if (era === 'legacy') addSubscriptions(server.server);
}

function one(uri, mimeType, body) {
  return { contents: [{ uri, mimeType, ...body }] };
}

/** From 2026-07-28 on the SDK answers `subscriptions/listen` itself. */
function addSubscriptions(server) {
  const watched = new Set();
  server.setRequestHandler('resources/subscribe', ({ params }) => {
    watched.add(params.uri);
    return {};
  });
  server.setRequestHandler('resources/unsubscribe', ({ params }) => {
    watched.delete(params.uri);
    return {};
  });
}
