/**
 * What goes wrong where keys are held. Errors lose their class between page and worker, so they are told by name (`isDamaged` in
 * errors.ts). Nothing here is shared with the page's first files: a worker that imported those would load half the app.
 */
export function keyError(name: 'Damaged' | 'Locked'): Error {
	return Object.assign(new Error(name), { name });
}
