import type { CivilDate } from '../../time/civil-date.ts';
import type { CouncilRecord } from '../council-promises.ts';
import type { Facts } from './facts.ts';

/** What every rule may look at. `asOf` decides states only, never a date (law-decisions §1.2). */
export type Context = { facts: Facts; asOf: CivilDate; bornOn?: CivilDate; council?: CouncilRecord };
