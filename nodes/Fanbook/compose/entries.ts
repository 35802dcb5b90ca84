import type { INodeProperties } from 'n8n-workflow';
import { invalidParameter } from '../../shared/errors';
import { isObject, toJson } from '../../shared/json';
import {
	isEmptyValue,
	parseInteger,
	parseStringList,
	parseSwitch,
} from '../../shared/execution/parameterValues';
import { shown } from '../../shared/execution/shownValue';

type Entry = Record<string, unknown>;

/** Returns the entries of a fixed collection (`{ <group>: [...] }`). */
export function entriesOf(value: unknown, group: string): Entry[] {
	const list: unknown = isObject(value) ? value[group] : value;
	return Array.isArray(list) ? list.filter(isObject) : [];
}

/**
 * Reads the members of an entry as the properties of its panel describe them. Members that are not
 * filled in have their default.
 */
export class EntryReader {
	private readonly properties: ReadonlyMap<string, INodeProperties>;

	constructor(properties: INodeProperties[]) {
		this.properties = new Map(properties.map((property) => [property.name, property]));
	}

	/**
	 * Returns a member as text, without a default.
	 *
	 * @throws NodeFailure for an object or a list
	 */
	text(entry: Entry, name: string): string {
		const value = toJson(entry[name]);
		if (typeof value !== 'object' || value === null) return String(value ?? '');
		throw invalidParameter(
			this.displayName(name),
			'must be text',
			'Give one text, not an object or a list',
		);
	}

	/** @throws NodeFailure for anything but a whole number within the limits of the panel */
	integer(entry: Entry, name: string): number {
		const property = this.properties.get(name);
		const value = isEmptyValue(entry[name]) ? property?.default : entry[name];
		return parseInteger(this.displayName(name), value, { min: property?.typeOptions?.minValue });
	}

	/** @throws NodeFailure for a value that the panel does not offer */
	choice(entry: Entry, name: string): string | number | boolean {
		const property = this.properties.get(name);
		const value = isEmptyValue(entry[name]) ? property?.default : entry[name];
		const known = this.choices(name);
		const text = shown(value).trim();
		const choice = known.find((one) => String(one) === text);
		if (choice !== undefined) return choice;
		throw invalidParameter(
			this.displayName(name),
			`cannot be "${text}"`,
			`Use one of ${known.join(', ')}`,
		);
	}

	/** @throws NodeFailure for a value that the panel does not offer */
	choicesOf(entry: Entry, name: string): string[] {
		const known = this.choices(name).map(String);
		const given = parseStringList(this.displayName(name), entry[name] ?? '');
		const unknown = given.find((one) => !known.includes(one));
		if (unknown === undefined) return given;
		throw invalidParameter(
			this.displayName(name),
			`cannot contain "${shown(unknown)}"`,
			`Use one of ${known.join(', ')}`,
		);
	}

	/** @throws NodeFailure for anything but yes or no */
	isOn(entry: Entry, name: string): boolean {
		const fallback = this.properties.get(name)?.default === true;
		return parseSwitch(this.displayName(name), entry[name], fallback);
	}

	private choices(name: string): Array<string | number | boolean> {
		const { options = [] } = this.properties.get(name) ?? {};
		return options.flatMap((option) => ('value' in option ? [option.value] : []));
	}

	private displayName(name: string): string {
		return this.properties.get(name)?.displayName ?? name;
	}
}
