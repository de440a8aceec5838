// Runs before the first paint, so that the page never flashes in the wrong language, direction, theme or size.
// A file of its own: the policy forbids inline scripts. What it reads is written by src/lib/i18n/reading.ts.
(function () {
	try {
		var kept = JSON.parse(localStorage.getItem('alongside:reading') || '{}');
		var html = document.documentElement;
		// A public page has its language in its address and says it itself; only the family's shell follows the reader.
		if (kept.lang && /^\/app(\/|$)/.test(location.pathname)) {
			html.lang = kept.lang;
			html.dir = kept.dir === 'rtl' ? 'rtl' : 'ltr';
		}
		['theme', 'text', 'easy'].forEach(function (name) {
			if (kept[name]) html.setAttribute('data-' + name, kept[name]);
		});
		// The router reads these two as JSON at its start. One that is missing is an exception to it, and for an exception the
		// engine reads the whole program a second time: 200 ms on a slow phone.
		['sveltekit:scroll', 'sveltekit:snapshot'].forEach(function (name) {
			if (!sessionStorage[name]) sessionStorage[name] = '{}';
		});
	} catch {
		// Storage is blocked: the page shows in its defaults.
	}
})();
