import fc from 'fast-check';
import type { ZodMiniType } from 'zod/mini';

/** What zod keeps about a shape; only the parts that our contract uses. */
type Def = {
	type: string;
	shape?: Record<string, ZodMiniType>;
	element?: ZodMiniType;
	innerType?: ZodMiniType;
	options?: ZodMiniType[];
	values?: unknown[];
	entries?: Record<string, string>;
	format?: string;
	checks?: { _zod: { def: { check: string; format?: string; pattern?: RegExp; maximum?: number } } }[];
};
const defOf = (shape: ZodMiniType) => (shape as unknown as { _zod: { def: Def } })._zod.def;

/** Values of a contract's shape, near enough: what its checks refuse is part of what is wanted here. */
export function arbitraryOf(shape: ZodMiniType): fc.Arbitrary<unknown> {
	const def = defOf(shape);
	switch (def.type) {
		case 'object': {
			const fields = Object.entries(def.shape ?? {});
			const optional = (one: ZodMiniType) => defOf(one).type === 'optional';
			return fc.record(Object.fromEntries(fields.map(([name, one]) => [name, arbitraryOf(one)])), {
				requiredKeys: fields.filter(([, one]) => !optional(one)).map(([name]) => name)
			});
		}
		case 'array':
			return fc.array(arbitraryOf(def.element!), { maxLength: 5 });
		case 'optional':
			return arbitraryOf(def.innerType!);
		case 'nullable':
			return fc.option(arbitraryOf(def.innerType!));
		case 'union':
			return fc.oneof(...(def.options ?? []).map(arbitraryOf));
		case 'literal':
			return fc.constantFrom(...(def.values ?? []));
		case 'enum':
			return fc.constantFrom(...Object.values(def.entries ?? {}));
		case 'number':
			return fc.oneof(fc.nat(3), fc.integer(), fc.double());
		case 'boolean':
			return fc.boolean();
		case 'string':
			return textOf(def);
		default:
			throw new Error(`arbitraryOf has no values for a shape of type "${def.type}" yet.`);
	}
}

function textOf(def: Def): fc.Arbitrary<string> {
	if (def.format === 'guid' || def.format === 'uuid') return fc.uuid();
	const patterns = (def.checks ?? []).flatMap(({ _zod }) => _zod.def.pattern ?? []);
	// Unicode classes are beyond the generator; plain text then fits our own patterns ("no control characters") anyway.
	const simple = patterns.find((pattern) => !/\\p/i.test(pattern.source));
	return simple ? fc.stringMatching(simple) : fc.string({ minLength: 1, maxLength: 40 });
}
