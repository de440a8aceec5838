import { sharesOf } from '../collect.ts';
import type { Inspected } from '../read/inspect.ts';
import { inFile } from '../unusable.ts';
import { bladeSet, isBlade } from './blade-files.ts';
import { bladeHeader, bladePersons, type Orphan } from './blade-persons.ts';
import type { Sen2Header, Sen2Node } from './node.ts';
import { xmlPersons } from './xml-persons.ts';

export type Found = { node: Sen2Node; year: number } | { orphan: Orphan };

/** Every person of a return, whichever of the two layouts it came in, in bounded memory. */
export async function* personsOf(files: readonly Inspected[]): AsyncGenerator<Found> {
	if (isBlade(files.map((file) => file.source.name))) yield* fromBlade(files);
	else for (const file of files) yield* fromXml(file);
}

async function* fromXml(file: Inspected): AsyncGenerator<Found> {
	const header: Sen2Header = { year: 0, referenceDate: '' };
	try {
		for await (const node of xmlPersons(file, header)) yield { node, year: yearOf(header) };
	} catch (error) {
		throw inFile(error, file.source.name);
	}
}

async function* fromBlade(files: readonly Inspected[]): AsyncGenerator<Found> {
	const set = bladeSet(files);
	const year = yearOf(await bladeHeader(set));
	const shares = sharesOf(files);
	for (let index = 0; index < shares; index++) {
		const { persons, orphans } = await bladePersons(set, { index, of: shares });
		for (const orphan of orphans) yield { orphan };
		for (const node of persons) yield { node, year };
	}
}

const yearOf = (header: Sen2Header) => header.year || Number(/^\d{4}/.exec(header.referenceDate)?.[0] ?? 0);
