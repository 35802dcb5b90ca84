import type { FanvueContext, FanvueHandlers } from '../context';
import type { Folder, Media } from '../model';
import { NO_CONTENT, created, iso, notFound, ok, badRequest, conflict } from '../replies';

function requireFolder({ state, owner, parameters }: FanvueContext): Folder {
	const name = parameters.text('folderName');
	const folder = state.folders.find(
		(item) => item.creatorUuid === owner.uuid && item.name === name,
	);
	if (!folder) throw notFound('Folder');
	return folder;
}

/** What is in a folder, newest first. */
function mediaIn({ state, owner }: FanvueContext, folder: Folder): Media[] {
	return [...state.media.values()]
		.filter((media) => media.ownerUuid === owner.uuid && media.folderNames.has(folder.name))
		.sort((a, b) => b.createdAt - a.createdAt);
}

function requireUniqueName({ state, owner }: FanvueContext, name: string, but?: Folder): void {
	const isTaken = state.folders.some(
		(item) => item !== but && item.creatorUuid === owner.uuid && item.name === name,
	);
	if (isTaken) throw conflict(`A folder named ${name} already exists`);
}

function folderView(call: FanvueContext, folder: Folder): Record<string, unknown> {
	const mediaCount = mediaIn(call, folder).length;
	return { name: folder.name, createdAt: iso(folder.createdAt), mediaCount };
}

export const vaultHandlers: FanvueHandlers = {
	listVaultFolders(call) {
		const folders = call.state.folders.filter(({ creatorUuid }) => creatorUuid === call.owner.uuid);
		return call.list(
			folders,
			({ name }) => name,
			(folder) => folderView(call, folder),
		);
	},

	createVaultFolder(call) {
		const { state, owner, parameters } = call;
		const name = parameters.text('name');
		requireUniqueName(call, name);
		const folder = { creatorUuid: owner.uuid, name, createdAt: state.nextTimestamp() };
		state.folders.push(folder);
		return created(folderView(call, folder));
	},

	getVaultFolder(call) {
		return ok(folderView(call, requireFolder(call)));
	},

	renameVaultFolder(call) {
		const folder = requireFolder(call);
		const name = call.parameters.text('name');
		requireUniqueName(call, name, folder);
		for (const { folderNames } of mediaIn(call, folder)) {
			folderNames.delete(folder.name);
			folderNames.add(name);
		}
		folder.name = name;
		return NO_CONTENT;
	},

	deleteVaultFolder(call) {
		const { state } = call;
		const folder = requireFolder(call);
		for (const { folderNames } of mediaIn(call, folder)) folderNames.delete(folder.name);
		state.folders.splice(state.folders.indexOf(folder), 1);
		return NO_CONTENT;
	},

	listVaultFolderMedia(call) {
		return call.list(
			mediaIn(call, requireFolder(call)),
			({ uuid }) => uuid,
			({ uuid, name, createdAt, mediaType }) => ({
				uuid,
				name,
				createdAt: iso(createdAt),
				mediaType,
			}),
		);
	},

	attachMediaToVaultFolder(call) {
		const { state, owner } = call;
		const folder = requireFolder(call);
		const items = call.ids('mediaUuids').map((uuid) => {
			const media = state.media.get(uuid);
			if (media?.ownerUuid !== owner.uuid) throw badRequest(`Media ${uuid} does not exist`);
			return media;
		});
		const fresh = new Set(items.filter(({ folderNames }) => !folderNames.has(folder.name)));
		for (const { folderNames } of fresh) folderNames.add(folder.name);
		return created({ addedCount: fresh.size });
	},

	detachMediaFromVaultFolder(call) {
		const folder = requireFolder(call);
		const media = call.state.media.get(call.id('mediaUuid'));
		const isThere = media?.ownerUuid === call.owner.uuid && media.folderNames.has(folder.name);
		if (!isThere) throw notFound('Media');
		media.folderNames.delete(folder.name);
		return NO_CONTENT;
	},
};
