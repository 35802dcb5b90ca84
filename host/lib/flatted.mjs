/**
 * Reads the form n8n stores executions in: a list of values in which every text inside an object or list
 * is the index of another value. (The same value appears once however often it is used, cycles included.)
 *
 * @param {string} text
 * @returns {unknown}
 */
export function parseFlatted(text) {
	const values = JSON.parse(text);
	const done = new Map();
	const at = (index) => {
		const value = values[index];
		if (value === null || typeof value !== 'object') return value;
		if (done.has(index)) return done.get(index);
		const copy = Array.isArray(value) ? [] : {};
		done.set(index, copy);
		for (const [key, part] of Object.entries(value)) {
			copy[key] = typeof part === 'string' ? at(Number(part)) : part;
		}
		return copy;
	};
	return at(0);
}
