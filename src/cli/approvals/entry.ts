// All that comes to the desks of running policy-wraps, in one piece: it is loaded only when it is asked for.

export { approvals, revoke, show } from './approvals.js';
export { approve, deny } from './approve.js';
export { link } from './page-link.js';
export { rememberedFor, rememberedLine } from './remembered.js';
export { watch } from './watch.js';
