import { browser } from '$app/environment';
import { beginReading } from '#features/shell/begin-reading.ts';
import type { LayoutLoad } from './$types';

/** The family area is drawn on the phone: the server never sees what it shows. */
export const ssr = false;

export const load: LayoutLoad = async () => {
	if (browser) await beginReading();
};
