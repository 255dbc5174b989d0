// All that uses the inboxes of running policy-wrap processes, in one piece: it is loaded only when it is asked for.

export { approvals, revokeApproval, show } from './approvals.js';
export { approve, deny } from './approve.js';
export { page } from './page.js';
export { link } from './page-link.js';
export { rememberedFor, rememberedLine } from './remembered.js';
export { watch } from './watch.js';
