import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	ICredentials,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Expression, ICredentialsHelper } from 'n8n-workflow';

/** Data of one credential per type; changed in place when n8n stores new tokens. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/**
 * An in-memory credential store for n8n: resolves types, lets the real credential classes sign, and
 * keeps what n8n would save. `saves` counts the saves.
 */
export class CredentialStore extends ICredentialsHelper {
	saves = 0;

	constructor(
		private readonly data: CredentialData,
		private readonly types: Record<string, ICredentialType>,
	) {
		super();
	}

	private type(name: string): ICredentialType | undefined {
		return this.types[name];
	}

	getParentTypes(name: string): string[] {
		return this.type(name)?.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		// Older nodes of n8n have the URL in `uri`.
		const older = 'uri' in requestOptions ? String(requestOptions.uri) : '';
		const options: IHttpRequestOptions = { url: older, ...requestOptions };
		const authenticate = this.type(typeName)?.authenticate;
		return typeof authenticate === 'function' ? await authenticate(credentials, options) : options;
	}

	/** As in n8n: only with a hidden expirable field that is empty or has expired. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		_node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.type(typeName);
		const expirable = type?.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (expirable === undefined || type?.preAuthentication === undefined) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;
		const output: ICredentialDataDecryptedObject = {};
		for (const [key, value] of Object.entries(
			await type.preAuthentication.call(helpers, credentials),
		)) {
			if (value !== undefined && value !== null && typeof value !== 'bigint') {
				output[key] = String(value);
			}
		}
		if (output[expirable.name] === undefined) return undefined;
		this.data[typeName] = { ...this.data[typeName], ...output };
		this.saves += 1;
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		const read = async () => this.data[type] ?? {};
		return {
			id: details.id ?? '1',
			name: details.name,
			type,
			data: undefined,
			getData: read,
			getDataToSave: () => ({ id: details.id ?? '1', name: details.name, type, data: '' }),
			setData: async (data: ICredentialDataDecryptedObject) => {
				this.data[type] = data;
			},
			updateData: async (data: Partial<ICredentialDataDecryptedObject>) => {
				Object.assign((this.data[type] ??= {}), data);
			},
		};
	}

	/**
	 * Returns the stored values with the defaults of the credential's fields, as n8n passes them to a
	 * node.
	 */
	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.data[type];
		if (stored === undefined) throw new Error(`No credential of type ${type} in this test`);
		const complete: ICredentialDataDecryptedObject = {};
		for (const property of this.getCredentialsProperties(type)) {
			const value = property.default;
			if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
				complete[property.name] = value;
			}
		}
		return this.resolve({ ...complete, ...stored });
	}

	/** Resolves the expressions of hidden fields, which refer to other fields by `$self`. */
	private resolve(data: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
		return Object.fromEntries(
			Object.entries(data).map(([key, value]) => [
				key,
				typeof value === 'string' && value.startsWith('=')
					? String(Expression.resolveWithoutWorkflow(value.slice(1), { $self: data }))
					: value,
			]),
		);
	}

	async updateCredentials(
		_details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.data[type] = data;
		this.saves += 1;
	}

	async updateCredentialsOauthTokenData(
		_details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.data[type] = { ...this.data[type], oauthTokenData: data.oauthTokenData ?? {} };
		this.saves += 1;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.type(type)?.properties ?? [];
	}
}
