/**
 * The few shapes that rows are made of. Rows are checked while a phone opens, before anything else is fetched, and zod is
 * 7 kB of that wait (docs/decisions/0006); what crosses the wire stays zod. Objects are loose: unknown fields are kept.
 */
export type Shape<T> = {
	is(value: unknown): value is T;
	/** The value itself; throws a TypeError that names the first field that does not fit. */
	parse(value: unknown): T;
	/** Where `value` does not fit, as a path ('' for the value itself), or null. */
	fault(value: unknown): string | null;
};
export type Infer<S> = S extends Shape<infer T> ? T : never;

function shape<T>(fault: (value: unknown) => string | null): Shape<T> {
	return {
		fault,
		is: (value): value is T => fault(value) === null,
		parse(value) {
			const at = fault(value);
			if (at !== null) throw new TypeError(`Not of the agreed shape at "${at}"`);
			return value as T;
		}
	};
}

const one = <T>(fits: (value: unknown) => boolean): Shape<T> => shape((value) => (fits(value) ? null : ''));
const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first fault of an entry, with its name in front. */
function within(names: Iterable<string>, faultOf: (name: string) => string | null): string | null {
	for (const name of names) {
		const at = faultOf(name);
		if (at !== null) return at ? `${name}.${at}` : name;
	}
	return null;
}

export const text = one<string>((value) => typeof value === 'string');
export const flag = one<boolean>((value) => typeof value === 'boolean');
/** JSON has no other numbers than finite ones. */
export const number = one<number>((value) => Number.isFinite(value));
/** `YYYY-MM-DD`; whether there is such a day is the reader's to judge (domain/time). */
export const day = one<string>((value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value));
export const oneOf = <const T extends string>(values: readonly T[]): Shape<T> =>
	one((value) => (values as readonly unknown[]).includes(value));

export const list = <T>(of: Shape<T>): Shape<T[]> =>
	shape((value) =>
		Array.isArray(value) ? within(Object.keys(value), (at) => of.fault(value[Number(at)])) : ''
	);

/** An object whose entries are all of one shape. */
export const record = <T>(of: Shape<T>): Shape<Record<string, T>> =>
	shape((value) => (isObject(value) ? within(Object.keys(value), (name) => of.fault(value[name])) : ''));

type Fields = Record<string, Shape<unknown>>;
type Loose<R extends Fields, O extends Fields> = { [K in keyof R]: Infer<R[K]> } & {
	[K in keyof O]?: Infer<O[K]> | undefined;
} & Record<string, unknown>;

/** An object with these fields and any others; `optional` ones may be absent or undefined. */
export function object<R extends Fields, O extends Fields = Record<never, never>>(
	required: R,
	optional: O = {} as O
): Shape<Loose<R, O>> {
	return shape((value) => {
		if (!isObject(value)) return '';
		return (
			within(Object.keys(required), (name) => required[name]!.fault(value[name])) ??
			within(Object.keys(optional), (name) =>
				value[name] === undefined ? null : optional[name]!.fault(value[name])
			)
		);
	});
}
