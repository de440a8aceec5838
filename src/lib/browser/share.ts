/** What a person hands on: by the phone's own share sheet, or as a file in their downloads. Nothing leaves by itself. */
export type Handed = 'shared' | 'saved' | 'cancelled';

type Sharing = { share?: (data: ShareData) => Promise<void>; canShare?: (data: ShareData) => boolean };
const ours = (): Sharing => (typeof navigator === 'undefined' ? {} : navigator);

/** Saves a file through a link of ours. The blob's address is let go of a minute later, when every browser has read it. */
export function saveFile(file: File, page: Document = document): void {
	const url = URL.createObjectURL(file);
	const link = page.createElement('a');
	link.href = url;
	link.download = file.name;
	link.hidden = true;
	page.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Opens the share sheet with the file, or saves it where the browser cannot share files. */
export async function shareFile(
	file: File,
	by: { sharing?: Sharing; save?: (file: File) => void } = {}
): Promise<Handed> {
	const { sharing = ours(), save = saveFile } = by;
	const data = { files: [file] };
	if (sharing.share && sharing.canShare?.(data)) {
		try {
			await sharing.share(data);
			return 'shared';
		} catch (error) {
			// Closing the sheet is an answer; anything else means that this browser cannot after all.
			if ((error as { name?: string }).name === 'AbortError') return 'cancelled';
		}
	}
	save(file);
	return 'saved';
}

/** Shares words through the phone's own sheet; false when the browser cannot, so that the screen offers copying. */
export async function shareWords(text: string, sharing: Sharing = ours()): Promise<boolean> {
	if (!sharing.share) return false;
	return sharing.share({ text }).then(
		() => true,
		(error: { name?: string }) => error.name === 'AbortError'
	);
}

/** Puts words where the person can paste them. False when the browser refuses: then the screen says that they are there to read. */
export async function copyWords(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		return false;
	}
}
