import type { ReportBuilder } from './report.ts';
import type { Target } from './target.ts';

/** One import in two passes. `judge` reads everything and writes nothing; `write` is called only when it may. */
export type Job = {
	judge: (builder: ReportBuilder) => Promise<void>;
	/** What would be made in an empty database; known after `judge`. */
	would: () => Record<string, number>;
	write: (builder: ReportBuilder, target: Target) => Promise<void>;
};

export type Asked = { partial: boolean; today: string };
