export type Category = 'read' | 'write' | 'execute' | 'destructive' | 'financial';
export type Risk = 'low' | 'medium' | 'high' | 'critical';

export interface Classification {
  category: Category;
  risk: Risk;
  evidence: string[];
}
export const classify = ({ name }: any) => ({
  category: /^(get|list|read|describe)/.test(name)
    ? 'read'
    : /delete/.test(name)
      ? 'destructive'
      : /run|reboot/.test(name)
        ? 'execute'
        : 'write',
  risk: 'medium',
  evidence: [],
});
