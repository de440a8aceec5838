/**
 * Where the focus goes after a move between screens (design.md §3.3): to the heading, so that a screen reader says where it is;
 * on Back, to the link that was left, so that a person goes on where they were.
 */
const left = new Map<string, string>();
/** A screen may be fetched in parts, its heading with them; after this long a person has begun to do something else. */
const PATIENCE_MS = 5000;

const nameOf = (element: Element | null): string | undefined => {
	if (element?.id) return `#${CSS.escape(element.id)}`;
	const href = element?.getAttribute('href');
	return href ? `a[href="${CSS.escape(href)}"]` : undefined;
};

/** Call before leaving `url`. */
export function rememberFocus(url: URL): void {
	const name = nameOf(document.activeElement);
	if (name) left.set(url.pathname, name);
}

/** Call after arriving. `back`: the person went back (or forward) in history. */
export function placeFocus(url: URL, back: boolean): void {
	const hashed = document.getElementById(decodeURIComponent(url.hash.slice(1)));
	if (hashed) return hashed.focus();
	const name = back ? left.get(url.pathname) : undefined;
	const until = Date.now() + PATIENCE_MS;
	const look = () => {
		const element =
			(name && document.querySelector<HTMLElement>(name)) ||
			document.querySelector<HTMLElement>('h1[tabindex="-1"]');
		if (element) element.focus({ preventScroll: back });
		else if (Date.now() < until && document.activeElement === document.body) requestAnimationFrame(look);
	};
	look();
}
