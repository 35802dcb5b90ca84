import type { FanvueCall, FanvueHandlers } from './call';
import type { Folder, Media } from './model';
import { NO_CONTENT, created, iso, notFound, ok, rejected, taken } from './replies';

function folderOf({ world, owner, parameters }: FanvueCall): Folder {
	const name = parameters.text('folderName');
	const folder = world.folders.find(
		(item) => item.creatorUuid === owner.uuid && item.name === name,
	);
	if (!folder) throw notFound('Folder');
	return folder;
}

/** What is in a folder, newest first. */
function mediaIn({ world, owner }: FanvueCall, folder: Folder): Media[] {
	return [...world.media.values()]
		.filter((media) => media.ownerUuid === owner.uuid && media.folderNames.has(folder.name))
		.sort((a, b) => b.createdAt - a.createdAt);
}

function requireFree({ world, owner }: FanvueCall, name: string, but?: Folder): void {
	const isTaken = world.folders.some(
		(item) => item !== but && item.creatorUuid === owner.uuid && item.name === name,
	);
	if (isTaken) throw taken(`A folder named ${name} already exists`);
}

function folderView(call: FanvueCall, folder: Folder): Record<string, unknown> {
	const mediaCount = mediaIn(call, folder).length;
	return { name: folder.name, createdAt: iso(folder.createdAt), mediaCount };
}

export const vaultHandlers: FanvueHandlers = {
	listVaultFolders(call) {
		const folders = call.world.folders.filter(({ creatorUuid }) => creatorUuid === call.owner.uuid);
		return call.list(
			folders,
			({ name }) => name,
			(folder) => folderView(call, folder),
		);
	},

	createVaultFolder(call) {
		const { world, owner, parameters } = call;
		const name = parameters.text('name');
		requireFree(call, name);
		const folder = { creatorUuid: owner.uuid, name, createdAt: world.stamp() };
		world.folders.push(folder);
		return created(folderView(call, folder));
	},

	getVaultFolder(call) {
		return ok(folderView(call, folderOf(call)));
	},

	renameVaultFolder(call) {
		const folder = folderOf(call);
		const name = call.parameters.text('name');
		requireFree(call, name, folder);
		for (const { folderNames } of mediaIn(call, folder)) {
			folderNames.delete(folder.name);
			folderNames.add(name);
		}
		folder.name = name;
		return NO_CONTENT;
	},

	deleteVaultFolder(call) {
		const { world } = call;
		const folder = folderOf(call);
		for (const { folderNames } of mediaIn(call, folder)) folderNames.delete(folder.name);
		world.folders.splice(world.folders.indexOf(folder), 1);
		return NO_CONTENT;
	},

	listVaultFolderMedia(call) {
		return call.list(
			mediaIn(call, folderOf(call)),
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
		const { world, owner } = call;
		const folder = folderOf(call);
		const items = call.ids('mediaUuids').map((uuid) => {
			const media = world.media.get(uuid);
			if (media?.ownerUuid !== owner.uuid) throw rejected(`Media ${uuid} does not exist`);
			return media;
		});
		const fresh = new Set(items.filter(({ folderNames }) => !folderNames.has(folder.name)));
		for (const { folderNames } of fresh) folderNames.add(folder.name);
		return created({ addedCount: fresh.size });
	},

	detachMediaFromVaultFolder(call) {
		const folder = folderOf(call);
		const media = call.world.media.get(call.id('mediaUuid'));
		const isThere = media?.ownerUuid === call.owner.uuid && media.folderNames.has(folder.name);
		if (!isThere) throw notFound('Media');
		media.folderNames.delete(folder.name);
		return NO_CONTENT;
	},
};
