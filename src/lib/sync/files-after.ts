import type { SyncParts } from './sync-parts.ts';

type Parts = Required<Pick<SyncParts, 'ask' | 'clock' | 'random' | 'exclusive'>> & {
	store: Pick<SyncParts['store'], 'filePush'>;
};
type Sending = ReturnType<typeof import('./files.ts').createFileSending>;

/** Files go after a lap of words, beside whatever comes next: words never wait for them. Fetched only when a file waits. */
export function filesAfter({ store: { filePush }, ...line }: Parts): { begin(): void; close(): void } {
	let sending: Promise<Sending> | null = null;
	let closed = false;

	async function begin() {
		if (!filePush || !(await filePush.any()) || closed) return;
		sending ??= import('./files.ts').then(({ createFileSending }) =>
			createFileSending({ ...line, store: filePush })
		);
		(await sending).begin();
	}
	return {
		begin: () =>
			void begin().catch(() => {
				// Its part of the app could not be fetched: asked for again after the next lap.
				sending = null;
			}),
		close() {
			closed = true;
			void sending?.then((one) => one.close());
		}
	};
}
