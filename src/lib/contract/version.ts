/** Wire shape. Rises only when an old phone could no longer read an answer or be read (sync-and-security §2.9). */
export const PROTO = 1;
/** Shape of the rows inside. Old phones may hand over work for 18 months after it rises. */
export const SCHEMA = 1;
/** The oldest row shape that pull still answers. */
export const SCHEMA_MIN = 1;
/** The oldest row shape that push still takes: a phone may hand over work for 18 months after it rises. */
export const SCHEMA_PUSH_MIN = 1;
