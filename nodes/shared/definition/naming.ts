/** `Set Roles` → `setRoles`, `chat_id` → `chatId`, `guild_Id` → `guildId`, `Get (Long Poll)` → `getLongPoll`. */
export function camelCase(words: string): string {
	const parts = words.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
	return parts
		.map((part, index) => {
			const word = /^[A-Z0-9]+s?$/.test(part) ? part.toLowerCase() : part;
			return index === 0
				? word.charAt(0).toLowerCase() + word.slice(1)
				: word.charAt(0).toUpperCase() + word.slice(1);
		})
		.join('');
}

/** The value behind a resource's or operation's name; `Get Many` is n8n's `getAll`. */
export function optionValue(named: { name: string; value?: string }): string {
	return named.value ?? (named.name === 'Get Many' ? 'getAll' : camelCase(named.name));
}

/** The parameter that holds a field: by default the last part of the API's own name. */
export function parameterName(field: { key: string; name?: string }): string {
	return field.name ?? camelCase(field.key.slice(field.key.lastIndexOf('.') + 1));
}
