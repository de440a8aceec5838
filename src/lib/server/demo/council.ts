import * as z from 'zod';
import { councilShape, lineShape, personShape } from '#contract/rows.ts';
import type { Officer } from '../cases/officers.ts';
import json from './council.json' with { type: 'json' };

const council = councilShape.parse({ name: json.name, promises: json.promises, demo: true });

/** The invented council: its promises, the lines anybody may call, and the officers its cases name. */
export const DEMO_COUNCIL = {
	code: json.code,
	name: json.name,
	value: { demo: true, promises: council.promises },
	lines: json.lines.map(({ id, ...line }) => ({ id: z.string().parse(id), v: lineShape.parse(line) })),
	officers: json.officers.map(({ ref, ...person }) => ({ ref, v: personShape.parse(person) as Officer }))
};
