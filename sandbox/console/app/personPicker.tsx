import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './icon';
import { Avatar, Dialog, Empty } from './ui';

export interface PickedPerson {
	id: string;
	name: string;
	/** Shown below the name. */
	detail: string;
	pictureUrl?: string;
}

/** A button that shows the selected person and opens a list to choose another one. */
export function PersonPicker({
	label,
	selected,
	people,
	total,
	search,
	isSearching,
	onSearch,
	onSelect,
	children,
}: {
	/** What the person is, e.g. "You are". */
	label: string;
	selected: PickedPerson | undefined;
	people: PickedPerson[];
	total: number;
	search: string;
	/** Whether the people are those of a previous search. */
	isSearching: boolean;
	onSearch: (text: string) => void;
	onSelect: (id: string) => void;
	/** More ways to choose a person, e.g. a new one. */
	children?: JSX.Element;
}): JSX.Element {
	const [isOpen, setIsOpen] = useState(false);
	const shown = isSearching ? people.filter((person) => matches(person, search)) : people;
	return (
		<div class="picker">
			<button
				type="button"
				class="picker-button"
				aria-haspopup="dialog"
				onClick={() => {
					setIsOpen(true);
				}}
			>
				{selected && (
					<Avatar id={selected.id} name={selected.name} {...pictureOf(selected)} size="medium" />
				)}
				<span class="picker-text">
					<span class="picker-label">{label}</span>
					<span class="picker-name">{selected?.name ?? 'Choose a person'}</span>
				</span>
				<Icon name="down" />
			</button>
			{isOpen && (
				<Dialog
					title={label}
					onClose={() => {
						setIsOpen(false);
						onSearch('');
					}}
				>
					<input
						class="input"
						type="search"
						aria-label="Search people"
						placeholder="Search by name or ID"
						value={search}
						onInput={(event) => {
							onSearch(event.currentTarget.value);
						}}
					/>
					<ul class="people" aria-busy={isSearching}>
						{shown.map((person) => (
							<li key={person.id}>
								<button
									type="button"
									class="person"
									aria-current={person.id === selected?.id}
									onClick={(event) => {
										onSelect(person.id);
										event.currentTarget.closest('dialog')?.close();
									}}
								>
									<Avatar id={person.id} name={person.name} {...pictureOf(person)} size="medium" />
									<span class="picker-text">
										<span class="picker-name">{person.name}</span>
										<span class="picker-label">{person.detail}</span>
									</span>
								</button>
							</li>
						))}
					</ul>
					{!isSearching && people.length === 0 && <Empty title="Nobody has this name" />}
					{!isSearching && total > people.length && people.length > 0 && (
						<p class="hint">
							The first {people.length} of {total}. Search to find others.
						</p>
					)}
					{children}
				</Dialog>
			)}
		</div>
	);
}

/** Whether a person may be found by a text, so that Enter does not select another one meanwhile. */
function matches({ id, name, detail }: PickedPerson, search: string): boolean {
	const words = search.trim().toLowerCase();
	return [`${name} ${detail} ${id}`, `${name} ${id}`].some((text) =>
		text.toLowerCase().includes(words),
	);
}

function pictureOf({ pictureUrl }: PickedPerson): { pictureUrl?: string } {
	return pictureUrl === undefined ? {} : { pictureUrl };
}
