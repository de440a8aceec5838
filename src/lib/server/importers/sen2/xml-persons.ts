import sax from 'sax';
import { decoded } from '../read/decode.ts';
import type { Inspected } from '../read/inspect.ts';
import { FileUnusable } from '../unusable.ts';
import { isKept, isModule, plainName } from './names.ts';
import type { Sen2Header, Sen2Node } from './node.ts';

/** A return is six or seven levels deep; deeper is a trick. */
const DEEPEST = 20;
/** No kept field is longer than a date with a time. */
const LONGEST_TEXT = 100;
/** A person with more parts than this is a file gone wrong, or made to fill the memory. */
const MOST_PARTS = 1000;

const MEND = 'Export the return again from the case system or from COLLECT.';

/** The persons of a SEN2 XML file, one at a time. The header is filled in on the way: it stands before the persons. */
export async function* xmlPersons(file: Inspected, header: Sen2Header): AsyncGenerator<Sen2Node> {
	const reader = new Reader(file, header);
	for await (const text of decoded(file)) {
		reader.write(text);
		yield* reader.take();
	}
	reader.end();
	yield* reader.take();
	if (reader.persons === 0) {
		throw new FileUnusable('There is no Person in this file, so it is not a SEN2 return.', MEND);
	}
}

class Reader {
	persons = 0;
	readonly #file: Inspected;
	readonly #header: Sen2Header;
	readonly #parser = sax.parser(true, { xmlns: false, position: true });
	readonly #names: string[] = [];
	/** Parts that are open, outermost first; the first is the person. */
	readonly #open: { node: Sen2Node; depth: number }[] = [];
	#done: Sen2Node[] = [];
	#text = '';
	#parts = 0;
	#begun = false;

	constructor(file: Inspected, header: Sen2Header) {
		this.#file = file;
		this.#header = header;
		const parser = this.#parser;
		parser.ondoctype = () => {
			throw new FileUnusable(
				'The file has a DOCTYPE. It could hide tricks, and a return has none.',
				MEND,
				this.#place()
			);
		};
		parser.onerror = (error) => {
			throw this.#broken(error);
		};
		parser.onopentag = (tag) => this.#openTag(plainName(tag.name));
		parser.onclosetag = () => this.#closeTag();
		parser.ontext = (text) => this.#addText(text);
		parser.oncdata = (text) => this.#addText(text);
	}

	write(text: string): void {
		if (!this.#begun) {
			const start = text.replace(/^\ufeff/, '').trimStart();
			if (start !== '' && !start.startsWith('<')) {
				throw new FileUnusable('This is neither XML nor the CSV files of a Blade export.', MEND);
			}
			this.#begun ||= start !== '';
			this.#parser.write(text.replace(/^\ufeff/, ''));
		} else this.#parser.write(text);
	}

	end(): void {
		if (!this.#begun) throw new FileUnusable('The file holds nothing but blanks.', MEND);
		this.#parser.close();
	}

	take(): Sen2Node[] {
		const done = this.#done;
		this.#done = [];
		return done;
	}

	#place = () => ({ row: this.#parser.line + 1 });

	#broken(error: Error): FileUnusable {
		const reason = error.message.split('\n')[0] ?? '';
		if (/doctype/i.test(reason)) return new FileUnusable('The file has a DOCTYPE.', MEND, this.#place());
		return new FileUnusable(`The XML is broken (${reason.replace(/\.$/, '')}).`, MEND, this.#place());
	}

	#openTag(name: string): void {
		this.#text = '';
		this.#names.push(name);
		if (this.#names.length > DEEPEST) {
			throw new FileUnusable(`The XML is more than ${DEEPEST} levels deep.`, MEND, this.#place());
		}
		if (!isModule(name)) return;
		const parent = this.#open.at(-1)?.node;
		if ((name === 'person') === (parent !== undefined)) return;
		this.#open.push({ node: this.#newNode(name, parent), depth: this.#names.length });
	}

	#newNode(module: Sen2Node['module'], parent: Sen2Node | undefined): Sen2Node {
		this.#parts = parent ? this.#parts + 1 : 0;
		if (this.#parts > MOST_PARTS)
			throw new FileUnusable('One person has too many parts.', MEND, this.#place());
		if (module === 'person') this.persons += 1;
		const same = parent?.children.filter((child) => child.module === module).length ?? 0;
		const step = `${module}[${parent ? same + 1 : this.persons}]`;
		const node: Sen2Node = {
			module,
			fields: {},
			children: [],
			file: this.#file.source.name,
			sha256: this.#file.sha256,
			row: this.#parser.line + 1,
			path: parent ? `${parent.path}/${step}` : step
		};
		parent?.children.push(node);
		return node;
	}

	#addText(text: string): void {
		if (this.#text.length <= LONGEST_TEXT) this.#text += text.slice(0, LONGEST_TEXT + 1);
	}

	#closeTag(): void {
		const name = this.#names.pop() ?? '';
		const value = this.#text.trim();
		this.#text = '';
		const part = this.#open.at(-1);
		if (!part) {
			if (name === 'year' && /^\d{4}$/.test(value)) this.#header.year = Number(value);
			if (name === 'referencedate') this.#header.referenceDate = value;
			return;
		}
		if (part.depth === this.#names.length + 1) {
			this.#open.pop();
			if (part.node.module === 'person') this.#done.push(part.node);
		} else if (part.depth === this.#names.length && isKept(part.node.module, name))
			part.node.fields[name] = value;
	}
}
