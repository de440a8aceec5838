/**
 * Codes of law.md §4. P1 chase, then a letter to the director; P2 council complaint; P3 Local Government and Social Care
 * Ombudsman; P4 judicial review; P5 mediation or tribunal; P6 disagreement resolution; P7 ask the tribunal for more time.
 */
export const LATE = ['P1', 'P2', 'P3', 'P4'] as const;
export const LATE_OR_WRONG = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;

/** X1 X2 closures of settings, X3 personal circumstances, X4 absence from the area for four weeks. */
export const X1_TO_X4 = ['X1', 'X2', 'X3', 'X4'] as const;

/** In force from 1 September 2014: Children and Families Act 2014 Part 3 and SI 2014/1530. */
export const CFA_FROM = '2014-09-01';

export const read = (text: string) => ({ text, verified: true });
/** Rests on recall: shown as not yet checked. */
export const recalled = (text: string) => ({ text, verified: false });
