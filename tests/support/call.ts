import type { Call } from '#server/edge/caller.ts';

export const ORIGIN = 'http://localhost:3000';

/** One browser's cookies; calls made with it carry and keep them. */
export class Browser {
	jar = new Map<string, string>();
	readonly deviceId = crypto.randomUUID();
	address: string;

	constructor(address = '127.0.0.1') {
		this.address = address;
	}

	post(path: string, body: unknown, headers: Record<string, string> = {}): Call {
		const own = {
			'content-type': 'application/json',
			'x-alongside': '1',
			'sec-fetch-site': 'same-origin',
			origin: ORIGIN
		};
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return this.call(
			new Request(`${ORIGIN}${path}`, { method: 'POST', body: text, headers: { ...own, ...headers } })
		);
	}

	get(path: string): Call {
		return this.call(new Request(`${ORIGIN}${path}`, { headers: { 'sec-fetch-site': 'same-origin' } }));
	}

	call(request: Request): Call {
		return {
			request,
			url: new URL(request.url),
			getClientAddress: () => this.address,
			cookies: {
				get: (name) => this.jar.get(name),
				set: (name, value) => void this.jar.set(name, value),
				delete: (name) => void this.jar.delete(name)
			}
		};
	}
}
