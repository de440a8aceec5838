import { parse } from 'svelte/compiler';
import { judge, type Tally } from './tally.ts';

/** What a screen says must come from the word files, or it stays English in every language. */
type Node = { type: string; name?: string; start?: number; [key: string]: unknown };

/** Attributes and props that a person reads or hears. */
const SPOKEN =
	/^(aria-(label|description|roledescription|valuetext|placeholder)|title|alt|placeholder|label|heading|legend|hint|summary|caption|text|note|error)$/;
/** Any other prop of a component that holds a sentence is taken for words too; a class list is not one. */
const NAMES = /^(class|href|src|id|name|d|points|viewBox|transform|rel|for|type|autocomplete|pattern)$/;

/** Two letters in a row are a word; "·", "→", a lone unit and a code such as K7M4-R9TX are not. */
const isWord = (piece: string) => /\p{L}{2,}/u.test(piece) && !/\d/.test(piece);

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function children(node: Node): Node[] {
	return Object.entries(node)
		.filter(([name]) => name !== 'metadata' && name !== 'parent')
		.flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
		.filter(isNode);
}

/** Literal strings that an expression can come out as: `{late ? 'Late' : name}` says "Late". Arguments of calls do not count. */
function outcomes(expression: Node): string[] {
	if (expression.type === 'Literal' && typeof expression.value === 'string') return [expression.value];
	if (expression.type === 'ConditionalExpression')
		return [expression.consequent, expression.alternate].filter(isNode).flatMap(outcomes);
	if (expression.type === 'LogicalExpression')
		return [expression.left, expression.right].filter(isNode).flatMap(outcomes);
	if (expression.type === 'TemplateLiteral')
		return (expression.quasis as { value: { cooked: string } }[]).map((quasi) => quasi.value.cooked);
	return [];
}

export type Markup = { literals: { text: string; line: number }[]; buttonKeys: string[] };

/** Words written into the markup of one component, and the keys that stand inside a Button. */
export function readMarkup(source: string): Markup {
	const root = parse(source, { modern: true }) as unknown as { fragment: Node };
	const found: Markup = { literals: [], buttonKeys: [] };
	const lineAt = (offset = 0) => source.slice(0, offset).split('\n').length;
	const say = (text: string, node: Node) => {
		if (text.replace(/&\w+;/g, '').split(/\s+/).some(isWord))
			found.literals.push({ text: text.trim(), line: lineAt(node.start) });
	};
	const walk = (node: Node): void => {
		if (node.type === 'Comment') return;
		if (node.type === 'Text') say(String(node.data), node);
		else if (node.type === 'ExpressionTag')
			outcomes(node.expression as Node).forEach((text) => say(text, node));
		else if (node.type === 'Attribute') attribute(node, false);
		else {
			if (isButton(node)) found.buttonKeys.push(...keysIn(source.slice(node.start, node.end as number)));
			const isOurs = node.type === 'Component';
			for (const child of children(node))
				if (child.type === 'Attribute') attribute(child, isOurs);
				else walk(child);
		}
	};
	const attribute = (node: Node, isOurs: boolean): void => {
		const name = node.name ?? '';
		const mayBeSaid = (text: string) =>
			SPOKEN.test(name) || (isOurs && !NAMES.test(name) && /\p{L}{2,}\s+\p{L}{2,}/u.test(text));
		const values = (Array.isArray(node.value) ? node.value : [node.value]).filter(isNode);
		for (const value of values) {
			if (value.type === 'Text') {
				if (mayBeSaid(String(value.data))) say(String(value.data), node);
			} else if (value.type === 'ExpressionTag') {
				outcomes(value.expression as Node)
					.filter(mayBeSaid)
					.forEach((text) => say(text, node));
			} else walk(value);
		}
	};
	walk(root.fragment);
	return found;
}

/** A text link looks like a sentence and wraps like one, whatever the component is called. */
function isButton(node: Node): boolean {
	if (node.type !== 'Component' || !/Button$/.test(node.name ?? '')) return false;
	const kind = ((node.attributes ?? []) as Node[]).find((attribute) => attribute.name === 'kind');
	return !JSON.stringify(kind?.value ?? '').includes('"data":"text"');
}

export const keysIn = (source: string): string[] =>
	[...source.matchAll(/['"`]([a-z]+:[\w.-]+)['"`]/g)].map((hit) => hit[1] as string);

/** Judges every component; returns the keys that are a button's words. */
export function checkMarkup(tally: Tally, files: { path: string; text: string }[]): Set<string> {
	const buttons = new Set<string>();
	for (const { path, text } of files) {
		const { literals, buttonKeys } = readMarkup(text);
		for (const key of buttonKeys) buttons.add(key);
		judge(tally, literals.length === 0, {
			file: path,
			why: `words in the markup, put them through t(): ${literals.map((hit) => `line ${hit.line} "${hit.text.slice(0, 60)}"`).join('; ')}`
		});
	}
	return buttons;
}
