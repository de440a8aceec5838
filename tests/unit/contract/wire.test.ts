import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pullRequest } from '#contract/sync/pull.ts';
import { pushRequest } from '#contract/sync/push.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/wire');
const SHAPES = { pull: pullRequest, push: pushRequest };
const frozen = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

it.each(frozen)('%s, as a phone once sent it, is still understood, every word of it', (name) => {
	const sent: unknown = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
	expect(SHAPES[name.split('-')[0] as keyof typeof SHAPES].parse(sent)).toEqual(sent);
});

it('has one of each', () => expect(frozen.length).toBeGreaterThanOrEqual(2));
