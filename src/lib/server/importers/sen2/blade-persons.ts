import type { Share } from '../collect.ts';
import { csvRows, type CsvRow } from '../read/csv-rows.ts';
import type { Inspected } from '../read/inspect.ts';
import { bladeLayout, tableId, type BladeSet } from './blade-files.ts';
import { MODULES, type Module } from './names.ts';
import type { Sen2Header, Sen2Node } from './node.ts';
import { sen2Date } from './sen2-date.ts';

/** A row whose parent is in no file: it is refused, not dropped in silence. */
export type Orphan = { file: string; row: number; column: string };
export type BladeRead = { persons: Sen2Node[]; orphans: Orphan[] };

const ORDER = Object.keys(MODULES) as Module[];

/**
 * The persons of one share of a Blade export, joined from its files. Persons are dealt to shares by their place in the
 * person file; parents always stand in an earlier file of ORDER than their children, in whatever order rows come.
 */
export async function bladePersons(set: BladeSet, share: Share): Promise<BladeRead> {
	/** Of each module: linking number → its node, or null when it belongs to another share. */
	const byId = new Map<Module, Map<string, Sen2Node | null>>();
	const read: BladeRead = { persons: [], orphans: [] };
	for (const module of ORDER) {
		const file = set.get(module);
		if (file) byId.set(module, await readModule(file, module, { byId, read, share }));
	}
	return read;
}

type Joining = { byId: Map<Module, Map<string, Sen2Node | null>>; read: BladeRead; share: Share };

async function readModule(
	file: Inspected,
	module: Module,
	join: Joining
): Promise<Map<string, Sen2Node | null>> {
	const nodes = new Map<string, Sen2Node | null>();
	const { parent } = MODULES[module];
	const parents = parent ? join.byId.get(parent) : undefined;
	let count = 0;
	for await (const row of csvRows(file, bladeLayout(module))) {
		count += 1;
		const id = row.cells[tableId(module)] ?? '';
		const found = parent ? parents?.get(row.cells[tableId(parent)] ?? '') : undefined;
		if ((parent && found === undefined) || id === '' || nodes.has(id)) {
			const column = parent && found === undefined ? tableId(parent) : tableId(module);
			if (join.share.index === 0) join.read.orphans.push({ file: file.source.name, row: row.row, column });
			continue;
		}
		const mine = parent ? found !== null : count % join.share.of === join.share.index;
		if (!mine) nodes.set(id, null);
		else nodes.set(id, addNode(row, { file, module, parent: found ?? null, nth: count }, join.read));
	}
	return nodes;
}

type Place = { file: Inspected; module: Module; parent: Sen2Node | null; nth: number };

function addNode(row: CsvRow, { file, module, parent, nth }: Place, read: BladeRead): Sen2Node {
	const fields: Record<string, string> = {};
	for (const name of MODULES[module].fields) if (row.cells[name]) fields[name] = row.cells[name];
	const same = parent?.children.filter((child) => child.module === module).length ?? 0;
	const step = `${module}[${parent ? same + 1 : nth}]`;
	const node: Sen2Node = {
		module,
		fields,
		children: [],
		file: file.source.name,
		sha256: file.sha256,
		row: row.row,
		path: parent ? `${parent.path}/${step}` : step
	};
	if (parent) parent.children.push(node);
	else read.persons.push(node);
	return node;
}

/** The year of a Blade export: from its sen2 file, or else from the date in the files' names. */
export async function bladeHeader(set: BladeSet): Promise<Sen2Header> {
	const header: Sen2Header = { year: 0, referenceDate: '' };
	const sen2 = set.get('sen2');
	if (sen2) {
		for await (const { cells } of csvRows(sen2, bladeLayout('sen2'))) {
			if (/^\d{4}$/.test(cells.year ?? '')) header.year ||= Number(cells.year);
			const date = sen2Date(cells.referencedate ?? '');
			if ('day' in date) header.referenceDate ||= date.day;
		}
	}
	if (header.year === 0) {
		const name = set.get('person')?.source.name ?? '';
		header.year = Number(header.referenceDate.slice(0, 4) || /\d{2}-\d{2}-(\d{4})/.exec(name)?.[1] || 0);
	}
	return header;
}
