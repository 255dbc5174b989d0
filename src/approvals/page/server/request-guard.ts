import type { IncomingHttpHeaders } from 'node:http';

/** What is looked at before anything of a request counts. */
export interface IncomingRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
}

export interface RequestRefusal {
  status: number;
  message: string;
  /** The methods that the address knows. */
  allow?: string;
}

/** Each address and the methods it knows. */
const ROUTES: Readonly<Record<string, readonly string[]>> = {
  '/': ['GET'],
  '/page.css': ['GET'],
  '/page.js': ['GET'],
  '/session': ['POST'],
  '/proof': ['GET'],
  '/events': ['GET'],
  '/arguments': ['GET'],
  '/decide': ['POST'],
  '/remembered': ['DELETE'],
};

/** On every response. Nothing may be loaded from, framed by, sent to or kept for anybody else. */
export const RESPONSE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
};

/**
 * Why a request is refused that another site has caused, or that is meant for none of our addresses; undefined when
 * it may be looked at. Says nothing about who sends it: that is what sessions are for.
 */
export function refusalOf(
  { method, url, headers }: IncomingRequest,
  port: number,
): RequestRefusal | undefined {
  const { host, origin } = headers;
  // Else another site whose name is pointed at this machine would be the origin of this page (DNS rebinding).
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)
    return { status: 421, message: `This page is at http://127.0.0.1:${port}/ only.` };
  if (origin !== undefined && origin !== `http://${host}`) return crossSite();
  const route = routeOf(url);
  const methods = Object.hasOwn(ROUTES, route) ? ROUTES[route] : undefined;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isLink(route, headers))
    return crossSite();
  if (methods === undefined) return { status: 404, message: 'Not found.' };
  if (!methods.includes(method))
    return { status: 405, message: 'This address knows other methods.', allow: methods.join(', ') };
  if (method !== 'GET' && origin === undefined) return crossSite();
  if (method === 'POST' && !/^application\/json(?:; ?charset=utf-8)?$/i.test(headers['content-type'] ?? ''))
    return { status: 415, message: 'Only application/json is accepted.' };
  return undefined;
}

/** The address without what is asked for. */
export function routeOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

/** The page itself, which holds no data, may be opened by a link: from a file, a terminal or an editor. */
function isLink(route: string, headers: IncomingHttpHeaders): boolean {
  const top = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return route === '/' && top;
}

function crossSite(): RequestRefusal {
  return { status: 403, message: 'Cross-site request refused.' };
}
