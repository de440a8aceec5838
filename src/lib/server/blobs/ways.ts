import { join } from 'node:path';

/** Where a file lies below BLOB_DIR: a folder for each person, in it a folder of chunks and then one kept file. */
export type Whose = { accountId: string; id: string };

export const folderOf = (blobDir: string, accountId: string): string => join(blobDir, accountId);
export const chunksFolder = (blobDir: string, { accountId, id }: Whose): string =>
	join(blobDir, accountId, `${id}.chunks`);
export const chunkPath = (blobDir: string, whose: Whose, n: number): string =>
	join(chunksFolder(blobDir, whose), String(n));

/** Its own hash is in its name: of two nodes that complete one file at once, each writes its own, and the row says which counts. */
export const keptName = (id: string, keptSha256: string): string => `${id}.${keptSha256.slice(0, 16)}.sealed`;
export const keptPath = (blobDir: string, { accountId, id }: Whose, keptSha256: string): string =>
	join(blobDir, accountId, keptName(id, keptSha256));

/** For the moment in which a scanner looks at a file, and for nothing else. */
export const scanningFolder = (blobDir: string): string => join(blobDir, 'scanning');
