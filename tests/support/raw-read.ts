import type { Page } from '@playwright/test';

/** Everything that a stranger with developer tools could read of a site's storage, by place, as text. */
export type Stored = { place: string; text: string }[];

/**
 * Reads every database, cache and storage of the page's origin as it lies there. Bytes are read twice, as one and as two bytes a
 * letter, so that text in either form is found. Keys that the browser will not export have no bytes.
 */
export function readRaw(page: Page): Promise<Stored> {
	return page.evaluate(async () => {
		const found: { place: string; text: string }[] = [];
		const letters = (bytes: Uint8Array, wide: boolean) =>
			new TextDecoder(wide ? 'utf-16le' : 'latin1').decode(bytes) +
			(wide ? '' : new TextDecoder().decode(bytes));
		const textOf = (value: unknown): string => {
			if (value instanceof ArrayBuffer) return textOf(new Uint8Array(value));
			if (ArrayBuffer.isView(value)) {
				const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
				return `${letters(bytes, false)}\n${letters(bytes, true)}`;
			}
			if (value instanceof CryptoKey) return `key extractable=${value.extractable}`;
			if (value instanceof Map || value instanceof Set) return textOf([...value]);
			if (Array.isArray(value)) return value.map(textOf).join('\n');
			if (typeof value === 'object' && value !== null)
				return Object.entries(value)
					.map(([name, inner]) => `${name}: ${textOf(inner)}`)
					.join('\n');
			return String(value);
		};
		const wait = <T>(asked: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				asked.onsuccess = () => resolve(asked.result);
				asked.onerror = () => reject(asked.error as Error);
			});
		for (const { name = '' } of await indexedDB.databases()) {
			const db = await wait(indexedDB.open(name));
			for (const store of db.objectStoreNames) {
				const table = db.transaction(store).objectStore(store);
				const [keys, values] = [await wait(table.getAllKeys()), await wait(table.getAll())];
				found.push({ place: `${name}/${store}`, text: `${textOf(keys)}\n${textOf(values)}` });
			}
			db.close();
			found.push({ place: 'database name', text: name });
		}
		for (const cache of await caches.keys())
			for (const request of await (await caches.open(cache)).keys()) {
				const kept = await (await caches.open(cache)).match(request);
				const body = textOf(await kept!.arrayBuffer());
				found.push({ place: `cache ${cache} ${request.url}`, text: `${request.url}\n${body}` });
			}
		for (const [place, storage] of Object.entries({ localStorage, sessionStorage }))
			for (const name of Object.keys(storage))
				found.push({ place: `${place} ${name}`, text: `${name}: ${storage.getItem(name) ?? ''}` });
		found.push({ place: 'cookies', text: document.cookie });
		return found;
	});
}
