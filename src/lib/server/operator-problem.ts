/** Something an operator can mend. The message is plain enough to print as it is, without a stack. */
export class OperatorProblem extends Error {
	/** Read by scripts/serve.ts, which sees the built copy of this class and cannot use instanceof. */
	readonly forOperator = true;
}
