import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What a provider remembers, for as long as the demo runs: sessions, codes, grants. One store for each kind of thing. */
export class Memory implements Adapter {
	readonly #kept = new Map<string, AdapterPayload>();
	readonly #timers = new Map<string, NodeJS.Timeout>();

	async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
		this.#kept.set(id, payload);
		clearTimeout(this.#timers.get(id));
		// Never what keeps a stopped server from ending.
		this.#timers.set(id, setTimeout(() => this.#kept.delete(id), expiresIn * 1000).unref());
	}
	async find(id: string): Promise<AdapterPayload | undefined> {
		return this.#kept.get(id);
	}
	async findByUid(uid: string): Promise<AdapterPayload | undefined> {
		return [...this.#kept.values()].find((payload) => payload.uid === uid);
	}
	async findByUserCode(): Promise<undefined> {}
	async consume(id: string): Promise<void> {
		const payload = this.#kept.get(id);
		if (payload) payload.consumed = Math.floor(Date.now() / 1000);
	}
	async destroy(id: string): Promise<void> {
		this.#kept.delete(id);
	}
	async revokeByGrantId(grantId: string): Promise<void> {
		for (const [id, payload] of this.#kept) if (payload.grantId === grantId) this.#kept.delete(id);
	}
}
