/** What draws saved data, or the lock, before the store is here, as one file to fetch beside the rules. */
export { createEarlyStore } from '#store/early-store.ts';
export { firstLook } from '#store/first-look.ts';
export { createPhoneLock } from '#store/lock/create-lock.ts';
