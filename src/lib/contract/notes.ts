import { day, list, object, record, text } from './shape.ts';

/**
 * t = 'note', in a scope that a family writes: `case:{id}:own:{person}` until somebody shares it by moving it. `about`: the id of the
 * event it is about. `others`: words that met other words in the same field, kept beside them with the mutation they came by.
 */
export const noteShape = object(
	{ text, on: day },
	{ about: text, others: list(object({ mid: text, fields: record(text) })) }
);
