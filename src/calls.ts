/**
 * What no session needs before its first call, tool list or fault. The build puts it into bundles of its own, with all that only
 * it needs, and has the files that every start loads fetch it when they first use something of it (scripts/later.mjs).
 */
export * from './approvals/channels.js';
export * from './audit/entries/call-record.js';
export * from './audit/entries/ended-call.js';
export * from './audit/entries/line-bytes.js';
export * from './audit/entries/passed-entry.js';
export * from './audit/file/log.js';
export * from './config/inside.js';
export * from './config/lock-file.js';
export * from './core/audit/record.js';
export * from './core/policy/decide/decide.js';
export * from './core/policy/decide/resolve.js';
export * from './core/policy/decide/settle.js';
export * from './core/replies/append-notice.js';
export * from './core/replies/input-required.js';
export * from './core/replies/refusal.js';
export * from './core/replies/task-id.js';
export * from './core/replies/tool-list.js';
export * from './core/shown/line-excerpt.js';
export * from './core/text/did-you-mean.js';
export * from './core/tools/classify/classify.js';
export * from './core/tools/listing/classify-listed.js';
export * from './core/tools/listing/oddities.js';
export * from './core/tools/listing/read-list.js';
export * from './core/tools/pinning/fingerprint.js';
export * from './core/tools/pinning/lock.js';
export * from './core/wire/framing/framing.js';
export * from './limits/memory.js';
export * from './proxy/calls/ask-approval.js';
export * from './proxy/calls/call-bindings.js';
export * from './proxy/calls/exchange.js';
export * from './proxy/calls/fast/fast-call.js';
export * from './proxy/client/receive-call.js';
export * from './proxy/ready-for-calls.js';
