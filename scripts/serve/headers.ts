import type { IncomingMessage, ServerResponse } from 'node:http';

const YEAR_S = 31_536_000;

const EVERYWHERE: Record<string, string> = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	// Microphone and camera are for a young person's own words; nothing else is ever asked for.
	'permissions-policy':
		'camera=(self), microphone=(self), geolocation=(), payment=(), usb=(), serial=(), midi=(), display-capture=(), browsing-topics=()',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'x-frame-options': 'DENY'
};

/**
 * Prerendered pages carry their policy in a meta tag, where `frame-ancestors` does not work; a header beside it adds up.
 * It must not name scripts or styles: both policies count, and only the meta tag knows the page's hashes. A rendered page
 * replaces this header by Kit's own.
 */
const PAGE_POLICY = "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'";
/** The worker's own requests: nothing outside this origin. */
const WORKER_POLICY = "default-src 'self'; frame-ancestors 'none'";
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Sets what every answer carries, prerendered and static ones too; whoever answers may replace a header. */
export function setHeaders(request: IncomingMessage, response: ServerResponse): void {
	const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
	for (const [name, value] of Object.entries(EVERYWHERE)) response.setHeader(name, value);
	const data = path.startsWith('/api/') || path === '/healthz';
	response.setHeader(
		'content-security-policy',
		data ? DATA_POLICY : path === '/service-worker.js' ? WORKER_POLICY : PAGE_POLICY
	);
	const staff = /^\/(staff|sign-in)(\/|$)/.test(path);
	// Their forms are plain ones: under `no-referrer` a browser sends `Origin: null` with them, and Kit refuses that as another
	// site's. To other sites this says as little.
	if (staff) response.setHeader('referrer-policy', 'same-origin');
	// The family's pages hold nothing before a phone fills them; the public ones are meant to be found.
	if (staff || path === '/app' || path.startsWith('/app/')) response.setHeader('x-robots-tag', 'noindex');
	if (request.headers['x-forwarded-proto'] === 'https') {
		response.setHeader('strict-transport-security', `max-age=${YEAR_S}; includeSubDomains`);
	}
	// Asked for again at every use. Files whose name changes with their content are marked immutable by whoever sends them.
	// Staff pages hold a child's name, and a council's desk is shared: the browser keeps none, not even for "back".
	if (data || staff) response.setHeader('cache-control', 'no-store');
	else response.setHeader('cache-control', 'no-cache');
}
