import { webhook } from '../resources/webhook';
import { fanvueService } from '../service';

/** Fanvue with the only table that a trigger needs, which keeps the triggers small. */
export const fanvue = fanvueService([webhook]);
