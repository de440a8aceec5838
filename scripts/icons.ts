/**
 * Writes src/lib/ui/icon/shapes.ts and pictures.ts: the Lucide icons we use, each as one path. Run it after adding a name below:
 * `node scripts/icons.ts`. Lucide's own Svelte component is 20 times the bytes of what a phone needs to draw a line.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const NAMES = [
	'arrow-left',
	'book-open',
	'calendar',
	'calendar-plus',
	'check',
	'chevron-down',
	'chevron-right',
	'circle-dashed',
	'circle-question-mark',
	'clock',
	'cloud-check',
	'cloud-off',
	'copy',
	'download',
	'equal',
	'external-link',
	'eye',
	'file-text',
	'gavel',
	'globe',
	'handshake',
	'heart',
	'house',
	'info',
	'landmark',
	'languages',
	'lightbulb',
	'link',
	'list',
	'lock',
	'mail',
	'menu',
	'message-circle',
	'minus',
	'pen',
	'phone',
	'plus',
	'printer',
	'refresh-cw',
	'route',
	'scale',
	'school',
	'search',
	'settings',
	'share-2',
	'send',
	'shield',
	'smartphone',
	'star',
	'sun',
	'triangle-alert',
	'trash',
	'unlink',
	'user-pen',
	'users',
	'wifi-off',
	'x'
];

/** Pictures to choose by, for a child: in a file of their own, since no other screen draws them. */
const PICTURES = [
	'bed',
	'bike',
	'book-open',
	'bus',
	'calendar',
	'car',
	'check',
	'circle-question-mark',
	'circle-slash',
	'dog',
	'door-closed',
	'equal',
	'face-angry',
	'face-expressionless',
	'face-grinning',
	'face-neutral',
	'face-slightly-frowning',
	'face-slightly-smiling',
	'hand-heart',
	'headphones',
	'heart',
	'hourglass',
	'house',
	'images',
	'lamp',
	'message-circle',
	'moon',
	'pause',
	'pencil',
	'puzzle',
	'school',
	'shuffle',
	'stethoscope',
	'tablet',
	'trees',
	'users',
	'utensils',
	'volume-2',
	'volume-x',
	'waves-horizontal',
	'x'
];

type Attributes = Record<string, string>;
const source = new URL('../node_modules/@lucide/svelte/dist/icons/', import.meta.url);
const target = new URL('../src/lib/ui/icon/', import.meta.url);

function circle(a: Attributes): string {
	const [cx, cy, r] = [Number(a.cx), Number(a.cy), Number(a.r)];
	return `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}

function rect(a: Attributes): string {
	const [x, y, w, h, r] = [
		Number(a.x ?? 0),
		Number(a.y ?? 0),
		Number(a.width),
		Number(a.height),
		Number(a.rx ?? a.ry ?? 0)
	];
	const corner = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
	return `M${x + r} ${y}h${w - 2 * r}${corner(r, r)}v${h - 2 * r}${corner(-r, r)}h${2 * r - w}${corner(-r, -r)}v${2 * r - h}${corner(r, -r)}z`;
}

const asPath: Record<string, (a: Attributes) => string> = {
	// A path's first `m` is absolute alone but relative once joined to another: from 0 0 it is the same place.
	path: (a) => (a.d ?? '').replace(/^m/, 'M0 0m'),
	circle,
	rect,
	line: (a) => `M${a.x1} ${a.y1}L${a.x2} ${a.y2}`,
	polyline: (a) => `M${a.points}`,
	polygon: (a) => `M${a.points}z`
};

function shapeOf(name: string): string {
	const text = readFileSync(new URL(`${name}.svelte`, source), 'utf8');
	const nodes = /"node": (\[.*?\]), "aliases"/.exec(text) ?? /"node": (\[\[.*\]\])/.exec(text);
	if (!nodes?.[1]) throw new Error(`No shape found in Lucide's ${name}`);
	return (JSON.parse(nodes[1]) as [string, Attributes][])
		.map(([tag, attributes]) => {
			const draw = asPath[tag];
			if (!draw) throw new Error(`${name}: cannot draw <${tag}> as a path`);
			return draw(attributes);
		})
		.join('');
}

function write(
	file: string,
	names: readonly string[],
	{ constant, type }: Record<'constant' | 'type', string>
) {
	const rows = names.toSorted().map((name) => `\t'${name}': '${shapeOf(name)}'`);
	writeFileSync(
		new URL(file, target),
		`// Written by scripts/icons.ts from Lucide (https://lucide.dev, ISC licence). Do not edit by hand.\n/* prettier-ignore */\nexport const ${constant} = {\n${rows.join(',\n')}\n} as const;\n\nexport type ${type} = keyof typeof ${constant};\n`
	);
	console.log(`${file}: ${rows.length} shapes`);
}

write('shapes.ts', NAMES, { constant: 'SHAPES', type: 'IconName' });
write('pictures.ts', PICTURES, { constant: 'PICTURES', type: 'PictureName' });
