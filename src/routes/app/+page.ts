/** The shell: one page without personal data, in the worker's precache; it answers every address below /app offline. */
export const prerender = true;
