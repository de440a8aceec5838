/** A day on the calendar in Europe/London, written `YYYY-MM-DD`. Never an instant: the clock changes must not move it. */
export type CivilDate = string & { readonly __civilDate?: never };
