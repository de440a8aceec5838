import { parse, protocol, type PGlite } from '@electric-sql/pglite';

const { serialize } = protocol;
/** As `pglite.query` writes a value; nothing here binds bytes or lists. */
const written = (value: unknown): string | null => {
	if (value === null || value === undefined) return null;
	return value instanceof Date ? value.toISOString() : String(value);
};

/**
 * The same database, asked in one exchange for each statement where `pglite.query` takes five: a fifth of the processor's time. For tests
 * that ask it some hundred thousand times; the server's own way is used everywhere else.
 */
export function quickPGlite(pglite: PGlite): PGlite {
	/** Each statement is read and planned once. */
	const names = new Map<string, string>();
	let count = 0;
	const query = async (text: string, values: readonly unknown[] = []) => {
		const known = names.get(text);
		const name = known ?? `q${++count}`;
		names.set(text, name);
		const said = Buffer.concat([
			...(known === undefined ? [serialize.parse({ name, text })] : []),
			serialize.bind({ statement: name, values: values.map(written) }),
			serialize.describe({ type: 'P' }),
			serialize.execute({}),
			serialize.sync()
		]);
		try {
			const { messages } = await pglite.execProtocol(said, { throwOnError: true });
			return parse.parseResults(messages, pglite.parsers)[0];
		} catch (problem) {
			if (known === undefined) names.delete(text);
			throw problem;
		}
	};
	return new Proxy(pglite, {
		get: (of, key) => {
			if (key === 'query') return query;
			const value: unknown = Reflect.get(of, key, of);
			return typeof value === 'function' ? (value as () => unknown).bind(of) : value;
		}
	});
}
