// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { makeBackup } from '#store/backup.ts';
import { eventRow, own, phone } from '../unit/store/phone.ts';

/** A backup file, what opens it, and the rows that were put in. `own`: the scope of whoever brings them back. */
export type FrozenBackup = {
	passphrase: string;
	file: string;
	rows: { t: string; id: string; v: unknown }[];
};

/** Of a family's own rows, as the app of today makes it. */
export async function freezeBackup(): Promise<FrozenBackup> {
	const passphrase = 'blue tram on Moseley Road';
	const device = phone();
	const store = await device.open();
	const { id } = await store.begin();
	const note = {
		t: 'note',
		id: crypto.randomUUID(),
		v: { text: 'The taxi did not come. ٹیکسی نہیں آئی', on: '2026-11-25' }
	};
	const event = eventRow(own(id), 'e1');
	await store.put([event, { scope: own(id), ...note }]);
	const file = await makeBackup(store, { way: 'passphrase', text: passphrase });
	device.close();
	return { passphrase, file, rows: [{ t: event.t, id: event.id, v: event.v }, note] };
}
