/** The candidate that is nearest to a mistyped word, or null when none is near enough to be what was meant. */
export function nearest(word: string, candidates: readonly string[]): string | null {
	const wanted = plain(word);
	if (wanted === '' || wanted.length > 60) return null;
	let best: string | null = null;
	// A third of the letters wrong is still a slip; more is another word.
	let least = Math.floor(wanted.length / 3) + 1;
	for (const candidate of candidates) {
		const steps = distance(wanted, plain(candidate));
		if (steps < least) [best, least] = [candidate, steps];
	}
	return best ?? candidates.find((candidate) => sameWords(wanted, plain(candidate))) ?? null;
}

const plain = (word: string) =>
	word
		.trim()
		.toLowerCase()
		.replace(/[\s._-]+/g, ' ');

function sameWords(a: string, b: string): boolean {
	const words = new Set(b.split(' '));
	const given = a.split(' ');
	return (
		given.length > 1 &&
		given.every((word) => words.has(word) || [...words].some((w) => w.startsWith(word.slice(0, 6))))
	);
}

/** Levenshtein, one row at a time. */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
