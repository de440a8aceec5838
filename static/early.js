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
	} catch {
		// Storage is blocked: the page shows in its defaults.
	}
})();
