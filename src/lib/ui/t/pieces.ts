import { FSI, PDI } from '#i18n/bidi.ts';

/** A translated string cut into what a component can draw. Nothing in it is ever treated as HTML. */
export type Piece = { kind: 'text' | 'strong' | 'link'; runs: Run[] };
/** `apart`: a value that must keep its own direction. */
export type Run = { text: string; apart: boolean };

const TAGS = /<(b|link)>(.*?)<\/\1>/gs;
const FENCED = new RegExp(`${FSI}(.*?)${PDI}`, 'gs');

function runsOf(text: string): Run[] {
	const runs: Run[] = [];
	let at = 0;
	for (const hit of text.matchAll(FENCED)) {
		if (hit.index > at) runs.push({ text: text.slice(at, hit.index), apart: false });
		runs.push({ text: hit[1] ?? '', apart: true });
		at = hit.index + hit[0].length;
	}
	if (at < text.length) runs.push({ text: text.slice(at), apart: false });
	return runs;
}

/** Knows `<b>…</b>` and `<link>…</link>`, not nested; anything else stays text. */
export function piecesOf(text: string): Piece[] {
	const pieces: Piece[] = [];
	let at = 0;
	const add = (kind: Piece['kind'], piece: string) => piece && pieces.push({ kind, runs: runsOf(piece) });
	for (const hit of text.matchAll(TAGS)) {
		add('text', text.slice(at, hit.index));
		add(hit[1] === 'b' ? 'strong' : 'link', hit[2] ?? '');
		at = hit.index + hit[0].length;
	}
	add('text', text.slice(at));
	return pieces;
}
