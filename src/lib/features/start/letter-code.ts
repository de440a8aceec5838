/** XXXX-XXXX-XXXX-C (sync-and-security §5.2): 12 letters or digits and one that checks them. */
export const CODE_LENGTH = 13;

const signs = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

export const codeLength = (code: string): number => signs(code).length;

/** The code behind the # of a letter's address, in groups of four; undefined when there is none that could be one. */
export function codeFromFragment(hash: string): string | undefined {
	let text: string;
	try {
		text = signs(decodeURIComponent(hash.slice(1))).toUpperCase();
	} catch {
		return undefined;
	}
	if (text.length !== CODE_LENGTH) return undefined;
	return text.match(/.{1,4}/g)?.join('-');
}
