/** What the gate found: every question asked is counted, so that a run which asked too few cannot pass for a clean one. */
export type Fault = { file: string; key?: string; why: string };
export type Tally = { checks: number; faults: Fault[] };

export const newTally = (): Tally => ({ checks: 0, faults: [] });

/** Counts one check; notes the fault when it does not hold. */
export function judge(tally: Tally, holds: boolean, fault: Fault): void {
	tally.checks += 1;
	if (!holds) tally.faults.push(fault);
}

export const sayFault = ({ file, key, why }: Fault): string => `  ${file}${key ? ` ${key}` : ''}: ${why}`;
