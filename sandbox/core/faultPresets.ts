import type { ServiceName } from './contract';
import type { Fault } from './faults';

/** Faults that the console and the command line offer by name. */
export const FAULT_PRESETS: Readonly<Record<string, { label: string; fault: Fault }>> = {
	429: {
		label: 'Too many requests (429)',
		fault: { kind: 'rateLimit', retryAfter: 2, times: 'always' },
	},
	503: { label: 'Server error (503)', fault: { kind: 'status', status: 503, times: 'always' } },
	slow: { label: 'Slow (3 s)', fault: { kind: 'delay', delayMs: 3000, times: 'always' } },
	cut: { label: 'Connection cut', fault: { kind: 'cut', times: 'always' } },
	malformed: { label: 'Half a response', fault: { kind: 'malformed', times: 'always' } },
	expired: { label: 'Expired token (once)', fault: { kind: 'expireToken', times: 1 } },
};

/** Returns the name under which a preset is in the list of faults. */
export function presetName(preset: string, service: ServiceName | undefined): string {
	return `${service ?? 'all'}:${preset}`;
}

/** Returns the fault of a preset. Throws a TypeError for an unknown one. */
export function createPresetFault(preset: string, service: ServiceName | undefined): Fault {
	const found = FAULT_PRESETS[preset];
	if (!found) {
		const known = Object.keys(FAULT_PRESETS).join(', ');
		throw new TypeError(`There is no fault "${preset}". Known faults: ${known}`);
	}
	return { ...found.fault, name: presetName(preset, service), ...(service ? { service } : {}) };
}
