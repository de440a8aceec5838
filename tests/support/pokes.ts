import type { AppServer } from './app-server.ts';

export type Poke = { scope: string; ver: number };

/** One phone's live stream at one node, opened again whenever it breaks. `open` says whether it is. */
export class Pokes {
	open = false;
	/** How often it broke: what was waited for before that is not told any more. */
	broken = 0;
	#stopped = new AbortController();
	#done: Promise<void>;

	constructor(node: () => AppServer, cookie: string, heard: (poke: Poke) => void) {
		this.#done = this.#listen(node, cookie, heard);
	}

	async stop(): Promise<void> {
		this.#stopped.abort();
		await this.#done;
	}

	async #listen(node: () => AppServer, cookie: string, heard: (poke: Poke) => void): Promise<void> {
		const { signal } = this.#stopped;
		while (!signal.aborted) {
			try {
				const headers = { cookie, 'sec-fetch-site': 'same-origin' };
				const answer = await fetch(`${node().origin}/api/sync/live`, { headers, signal });
				if (answer.ok) await this.#read(answer.body!, heard);
			} catch {
				// Killed, or not there yet.
			}
			if (this.open) this.broken++;
			this.open = false;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	async #read(body: ReadableStream<Uint8Array>, heard: (poke: Poke) => void): Promise<void> {
		let text = '';
		for await (const part of body.pipeThrough(new TextDecoderStream() as never)) {
			text += String(part);
			const events = text.split('\n\n');
			text = events.pop()!;
			for (const event of events) {
				if (event.includes(': open')) this.open = true;
				const data = /^event: poke\ndata: (.+)$/.exec(event)?.[1];
				if (data) heard(JSON.parse(data) as Poke);
			}
		}
	}
}
