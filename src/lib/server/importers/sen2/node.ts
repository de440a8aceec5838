import type { Module } from './names.ts';

/** One part of a person in a return, whichever file layout it came from. `path` names the place without naming the child. */
export type Sen2Node = {
	module: Module;
	fields: Record<string, string>;
	children: Sen2Node[];
	file: string;
	sha256: string;
	/** Line of an XML file, or row of a CSV. */
	row: number;
	path: string;
};

/** What the heading of a return says about it. `year` 0: it does not say. */
export type Sen2Header = { year: number; referenceDate: string };

export function* partsOf(node: Sen2Node, module: Module): Generator<Sen2Node> {
	for (const child of node.children) {
		if (child.module === module) yield child;
		yield* partsOf(child, module);
	}
}
