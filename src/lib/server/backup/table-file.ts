import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

/** One table as JSON lines, with its count and SHA-256. */
export class TableFile {
	rows = 0;
	#closed = false;
	#file: FileHandle;
	#hash: Hash = createHash('sha256');

	constructor(file: FileHandle) {
		this.#file = file;
	}

	static async create(path: string): Promise<TableFile> {
		return new TableFile(await open(path, 'wx', 0o600));
	}

	async add(rows: readonly unknown[]): Promise<void> {
		if (rows.length === 0) return;
		const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
		this.#hash.update(text);
		this.rows += rows.length;
		await this.#file.writeFile(text);
	}

	/** Closing twice is no fault. */
	async close(): Promise<void> {
		if (!this.#closed) await this.#file.close();
		this.#closed = true;
	}

	/** On the disk, and closed. */
	async finish(): Promise<{ rows: number; sha256: string }> {
		await this.#file.sync();
		await this.close();
		return { rows: this.rows, sha256: this.#hash.digest('hex') };
	}
}
