import type { FamilyStore } from '#store/family-store.ts';
import { saveFile } from '#browser/share.ts';

/** Hands everything on the phone to the person as one file. The name says the day and nothing else. */
export async function saveCopy(store: FamilyStore, day: string): Promise<boolean> {
	try {
		const text = await store.exportAll();
		saveFile(new File([text], `alongside-${day}.json`, { type: 'application/json' }));
		return true;
	} catch {
		return false;
	}
}
