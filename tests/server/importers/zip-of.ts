import { crc32, deflateRawSync } from 'node:zlib';

/** `claim`: the unpacked size that the zip's directory pretends; `packed`: the packed size it pretends. */
export type Entry = { name: string; content: string | Buffer; claim?: number; packed?: number };

/** A zip file, honest or not. */
export function zipOf(entries: readonly Entry[]): Buffer {
	const bodies: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content, claim, packed } of entries) {
		const bytes = Buffer.from(content);
		const body = deflateRawSync(bytes);
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(8, 4);
		fields.writeUInt32LE(crc32(bytes), 10);
		fields.writeUInt32LE(packed ?? body.length, 14);
		fields.writeUInt32LE(claim ?? bytes.length, 18);
		fields.writeUInt16LE(Buffer.byteLength(name), 22);
		const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), body]);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		directory.push(
			Buffer.concat([
				Buffer.from('PK\x01\x02', 'latin1'),
				Buffer.from([20, 0]),
				fields,
				tail,
				Buffer.from(name)
			])
		);
		bodies.push(local);
		offset += local.length;
	}
	const list = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 0, 'latin1');
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(list.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...bodies, list, end]);
}
