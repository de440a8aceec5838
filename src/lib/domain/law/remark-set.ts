import type { RemarkRecord } from './rule-record.ts';
import { RULES } from './rule-set.ts';
import { REMARKS } from './rules/remarks.ts';

/** Flags beside the dates. Apart from rule-set.ts, because a phone works out its dates before anything needs these. */
export const REMARK_RULES: readonly RemarkRecord[] = REMARKS;

/** Every id that law.md gave, of dates and of flags. */
export const RULE_IDS: readonly string[] = [...new Set([...RULES, ...REMARKS].map((rule) => rule.id))];
