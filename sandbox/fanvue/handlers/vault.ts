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

/** Returns the media of a folder, newest first. */
function mediaIn({ state, owner }: FanvueContext, folder: Folder): Media[] {
	return [...state.media.values()]
		.filter((media) => media.ownerUuid === owner.uuid && media.folderNames.has(folder.name))
		.sort((a, b) => b.createdAt - a.createdAt);
}

function requireUniqueName({ state, owner }: FanvueContext, name: string, except?: Folder): void {
	const isTaken = state.folders.some(
		(item) => item !== except && item.creatorUuid === owner.uuid && item.name === name,
	);
	if (isTaken) throw conflict(`A folder named ${name} already exists`);
}

function folderView(context: FanvueContext, folder: Folder): Record<string, unknown> {
	const mediaCount = mediaIn(context, folder).length;
	return { name: folder.name, createdAt: iso(folder.createdAt), mediaCount };
}

export const vaultHandlers: FanvueHandlers = {
	listVaultFolders(context) {
		const folders = context.state.folders.filter(
			({ creatorUuid }) => creatorUuid === context.owner.uuid,
		);
		return context.list(
			folders,
			({ name }) => name,
			(folder) => folderView(context, folder),
		);
	},

	createVaultFolder(context) {
		const { state, owner, parameters } = context;
		const name = parameters.text('name');
		requireUniqueName(context, name);
		const folder = { creatorUuid: owner.uuid, name, createdAt: state.nextTimestamp() };
		state.folders.push(folder);
		return created(folderView(context, folder));
	},

	getVaultFolder(context) {
		return ok(folderView(context, requireFolder(context)));
	},

	renameVaultFolder(context) {
		const folder = requireFolder(context);
		const name = context.parameters.text('name');
		requireUniqueName(context, name, folder);
		for (const { folderNames } of mediaIn(context, folder)) {
			folderNames.delete(folder.name);
			folderNames.add(name);
		}
		folder.name = name;
		return NO_CONTENT;
	},

	deleteVaultFolder(context) {
		const { state } = context;
		const folder = requireFolder(context);
		for (const { folderNames } of mediaIn(context, folder)) folderNames.delete(folder.name);
		state.folders.splice(state.folders.indexOf(folder), 1);
		return NO_CONTENT;
	},

	listVaultFolderMedia(context) {
		return context.list(
			mediaIn(context, requireFolder(context)),
			({ uuid }) => uuid,
			({ uuid, name, createdAt, mediaType }) => ({
				uuid,
				name,
				createdAt: iso(createdAt),
				mediaType,
			}),
		);
	},

	attachMediaToVaultFolder(context) {
		const { state, owner } = context;
		const folder = requireFolder(context);
		const items = context.ids('mediaUuids').map((uuid) => {
			const media = state.media.get(uuid);
			if (media?.ownerUuid !== owner.uuid) throw badRequest(`Media ${uuid} does not exist`);
			return media;
		});
		const fresh = new Set(items.filter(({ folderNames }) => !folderNames.has(folder.name)));
		for (const { folderNames } of fresh) folderNames.add(folder.name);
		return created({ addedCount: fresh.size });
	},

	detachMediaFromVaultFolder(context) {
		const folder = requireFolder(context);
		const media = context.state.media.get(context.id('mediaUuid'));
		const isThere = media?.ownerUuid === context.owner.uuid && media.folderNames.has(folder.name);
		if (!isThere) throw notFound('Media');
		media.folderNames.delete(folder.name);
		return NO_CONTENT;
	},
};
