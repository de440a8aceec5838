import type { Inspected } from '../read/inspect.ts';
import { headingOf, type Layout } from '../read/layout.ts';
import { FileUnusable } from '../unusable.ts';
import { MODULES, plainName, type Module } from './names.ts';

/** All nine modules of a Blade export; the three that hold nothing for a timeline are known, and not read. */
const BLADE = [...(Object.keys(MODULES) as Module[]), 'sen2', 'plandetail', 'senneed'] as const;
type Blade = (typeof BLADE)[number];
/** Without one of these a timeline would have holes that nobody sees. */
const NEEDED: Module[] = ['person', 'requests', 'assessment', 'namedplan', 'activeplans'];

const MEND = 'Give all nine CSV files of the export: as a folder, as a zip, or by name.';

/** `Blade-Export_23-01-2025_namedplan.csv` is the module namedplan: what its name ends with. */
function moduleOf(name: string): Blade | null {
	const base = /^(.*?)(?:\s*\(\d+\))?\.csv$/i.exec(name)?.[1];
	if (base === undefined) return null;
	const letters = base.toLowerCase().replace(/[^a-z0-9]/g, '');
	return (
		BLADE.find((module) =>
			[module, `${module}s`, module.replace(/s$/, '')].some((end) => letters.endsWith(end))
		) ?? null
	);
}

export const isBlade = (names: readonly string[]) => names.some((name) => moduleOf(name) !== null);

export type BladeSet = Map<Module | 'sen2', Inspected>;

/** Says which file holds which module. Throws FileUnusable when one is missing, twice, or none of them. */
export function bladeSet(files: readonly Inspected[]): BladeSet {
	const set = new Map<Blade, Inspected>();
	for (const file of files) {
		const module = moduleOf(file.source.name);
		if (module === null) {
			throw new FileUnusable(`${file.source.name} is not one of the nine files of a Blade export.`, MEND);
		}
		if (set.has(module))
			throw new FileUnusable(`There are two ${module} files.`, 'Give the files of one export only.');
		set.set(module, file);
	}
	const missing = NEEDED.filter((module) => !set.has(module));
	if (missing.length > 0) throw new FileUnusable(`The ${missing.join(' and ')} file is missing.`, MEND);
	set.delete('plandetail');
	set.delete('senneed');
	return set as BladeSet;
}

export const tableId = (module: string) => `${module}tableid`;

/** Only linking numbers and what a timeline needs are read; sex, ethnicity, ULN and names are never held. */
export function bladeLayout(module: Module | 'sen2'): Layout {
	const part = module === 'sen2' ? { parent: null, fields: ['year', 'referencedate'] } : MODULES[module];
	const keys = module === 'sen2' ? [] : [tableId(module), ...(part.parent ? [tableId(part.parent)] : [])];
	const needed = module === 'person' ? [...keys, 'upn'] : keys;
	const optional = part.fields.filter((field) => !needed.includes(field));
	const column = (required: boolean) => (name: string) => ({
		name,
		required,
		holds: '',
		example: '',
		longest: 100
	});
	return {
		kind: 'sen2',
		columns: [...needed.map(column(true)), ...optional.map(column(false))],
		heading: (cell) => plainName(headingOf(cell))
	};
}
