/** The reports of a whole server, which are loaded when one is asked for. */
export { htmlReport } from './html.js';
export { markdownReport } from './markdown.js';
