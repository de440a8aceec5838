/** Reads how many checks a tool ran and how many failed, so that a gate can fail below its floor. */
export type Counter = (text: string, report: (file: string) => string) => { count: number; failed: number };

const nothing = { count: 0, failed: 0 };

/** For tools that say nothing but their exit code. */
export const exitCode: Counter = () => ({ count: 1, failed: 0 });

/** For our own scripts: a line that ends in `N checks` or `N checks, N failed`. */
export const printed: Counter = (text) => {
	const found = [...text.matchAll(/(\d+) checks(?:, (\d+) failed)?/g)];
	return {
		count: found.reduce((sum, hit) => sum + Number(hit[1]), 0),
		failed: found.reduce((sum, hit) => sum + Number(hit[2] ?? 0), 0)
	};
};

export const vitest =
	(name: string): Counter =>
	(_, report) => {
		try {
			const result = JSON.parse(report(`${name}.json`)) as {
				numPassedTests: number;
				numFailedTests: number;
				numPendingTests: number;
			};
			// A skipped test counts as failed: nothing here may skip itself.
			return { count: result.numPassedTests, failed: result.numFailedTests + result.numPendingTests };
		} catch {
			return nothing;
		}
	};

export const eslint =
	(name: string): Counter =>
	(_, report) => {
		try {
			const files = JSON.parse(report(`${name}.json`)) as {
				filePath: string;
				errorCount: number;
				warningCount: number;
				messages: { line: number; message: string }[];
			}[];
			for (const file of files)
				for (const { line, message } of file.messages) console.log(`  ${file.filePath}:${line} ${message}`);
			return { count: files.length, failed: files.filter((f) => f.errorCount + f.warningCount > 0).length };
		} catch {
			return nothing;
		}
	};

export const playwright: Counter = (text) => ({
	count: Number(/(\d+) passed/.exec(text)?.[1] ?? 0),
	failed: Number(/(\d+) failed/.exec(text)?.[1] ?? 0) + Number(/(\d+) skipped/.exec(text)?.[1] ?? 0)
});
