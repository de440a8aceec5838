/** Two names or addresses that are written alike: capitals, spaces, commas and full stops say nothing about who it is or where. */
export const nameKey = (text: string | null): string =>
	(text ?? '')
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s,.]+/g, ' ')
		.trim();
