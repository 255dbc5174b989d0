import type { parse } from '@bufbuild/cel';

export type Expr = ReturnType<typeof parse>['expr'];
