/**
 * Draws the PNG icons of the installed app from static/icons/icon.svg. Run it after changing that drawing:
 * `node scripts/app-icons.ts`. The maskable one fills its square and keeps the sign in the middle 80 %, as launchers ask.
 */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';

const folder = new URL('../static/icons/', import.meta.url);
const svg = readFileSync(new URL('icon.svg', folder), 'utf8');
const icons = [
	{ name: 'icon-48.png', size: 48, drawing: svg },
	{ name: 'icon-192.png', size: 192, drawing: svg },
	{ name: 'icon-512.png', size: 512, drawing: svg },
	{
		name: 'maskable-512.png',
		size: 512,
		drawing: svg
			.replace('viewBox="0 0 34 34"', 'viewBox="-4 -4 42 42"')
			.replace(/<rect[^>]*>/, '<rect x="-4" y="-4" width="42" height="42" fill="#0b4642"/>')
	}
];

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox']
});
const page = await browser.newPage();
for (const { name, size, drawing } of icons) {
	await page.setViewportSize({ width: size, height: size });
	await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${drawing}`);
	await page.screenshot({ path: new URL(name, folder).pathname, omitBackground: true });
}
await browser.close();
console.log(`icons: ${icons.length} drawn`);
