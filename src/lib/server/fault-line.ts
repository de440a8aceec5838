type Told = {
	severity?: unknown;
	code?: unknown;
	routine?: unknown;
	table?: unknown;
	column?: unknown;
	constraint?: unknown;
};

/**
 * What a log may hold of a fault: its kind, its code and where it happened. A database error carries the values of its
 * statement (names, notes, tokens' hashes) in its message and beside it, and a JSON error quotes what it could not read:
 * of those the words stay out.
 */
export function faultLine(problem: unknown): string {
	if (!(problem instanceof Error)) return `something that is no error was thrown (${typeof problem})`;
	const { severity, code, ...where } = problem as Error & Told;
	const quotes = severity !== undefined || problem instanceof SyntaxError;
	const places = (['routine', 'table', 'column', 'constraint'] as const).flatMap((name) =>
		where[name] === undefined ? [] : [`${name} ${String(where[name])}`]
	);
	const said = [problem.name, code, ...(severity === undefined ? [] : places)]
		.filter((part) => part !== undefined)
		.join(' ');
	const frames = (problem.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
	return [quotes ? said : `${said}: ${problem.message}`, ...frames].join('\n');
}
