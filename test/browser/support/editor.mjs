/** n8n's editor in one browser tab, with the actions of a user as methods. */

export class Editor {
	/**
	 * @param {import('playwright-core').Page} page
	 * @param {(page: import('playwright-core').Page, name: string) => Promise<void>} takePicture
	 */
	constructor(page, takePicture) {
		this.page = page;
		this.takePicture = takePicture;
	}

	/**
	 * Returns an element of the page.
	 *
	 * @param {string} testId n8n's own name of the element
	 */
	part(testId) {
		return this.page.getByTestId(testId);
	}

	/**
	 * Saves a screenshot.
	 *
	 * @param {string} name
	 */
	picture(name) {
		return this.takePicture(this.page, name);
	}

	/** @param {{ email: string, password: string }} owner */
	async signIn({ email, password }) {
		await this.page.goto('/signin');
		await this.page.locator('input[name="emailOrLdapLoginId"]').fill(email);
		await this.page.locator('input[name="password"]').fill(password);
		await this.part('form-submit-button').click();
		await this.page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	}

	/** Opens a new workflow with the list of triggers. */
	async openNewWorkflow() {
		await this.page.goto('/workflow/new');
		await this.part('canvas-plus-button').click();
		await this.part('node-creator-search-bar').waitFor();
	}

	/** Opens a new workflow with a manual trigger and the list of nodes. */
	async openManualWorkflow() {
		await this.openNewWorkflow();
		await this.entry('Trigger manually').click();
		await this.node('n8n-nodes-base.manualTrigger').waitFor();
		await this.part('node-creator-plus-button').click();
	}

	openOverview() {
		return this.page.goto('/home/workflows');
	}

	/**
	 * Opens a workflow from the overview, waits until all its nodes are drawn, and returns to the overview.
	 *
	 * @param {string} name
	 * @param {string[]} nodeNames
	 * @param {() => Promise<void>} inspect is called while the workflow is open
	 */
	async visit(name, nodeNames, inspect) {
		await this.page.getByText(name, { exact: true }).first().click();
		for (const node of nodeNames) await this.nodeNamed(node).waitFor();
		await inspect();
		await this.page.goBack();
	}

	/**
	 * Opens a stored workflow and waits until all its nodes are drawn.
	 *
	 * @param {string} id
	 * @param {string[]} nodeNames
	 */
	async openWorkflow(id, nodeNames) {
		await this.page.goto(`/workflow/${id}`);
		for (const name of nodeNames) await this.nodeNamed(name).waitFor();
	}

	/** @param {string} words */
	search(words) {
		return this.part('node-creator-search-bar').fill(words);
	}

	/**
	 * Returns an entry of the list of nodes, or one of a node's actions and triggers.
	 *
	 * @param {string} name
	 */
	entry(name) {
		return this.part('node-creator-item-name').getByText(name, { exact: true });
	}

	/**
	 * Opens an entry, and waits until its list was replaced by what the entry contains.
	 *
	 * @param {string} name
	 */
	async openEntry(name) {
		const entry = this.entry(name);
		await entry.click();
		await entry.waitFor({ state: 'hidden' });
	}

	/**
	 * Searches for a node and adds it with one of its actions or triggers, which opens its panel.
	 *
	 * @param {string} search
	 * @param {string} name
	 * @param {string} action
	 */
	async add(search, name, action) {
		await this.search(search);
		await this.openEntry(name);
		await this.entry(action).click();
		await this.part('ndv').waitFor();
	}

	/**
	 * Returns the nodes of a type on the canvas.
	 *
	 * @param {string} type
	 */
	node(type) {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-type="${type}"]`);
	}

	/** @param {string} name */
	nodeNamed(name) {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	async closePanel() {
		await this.part('ndv-close-button').click();
		await this.part('ndv').waitFor({ state: 'hidden' });
	}

	/**
	 * Chooses a stored credential for the node whose panel is open.
	 *
	 * @param {import('../../../host/lib/types.ts').CredentialReference} credential
	 */
	async chooseCredential(credential) {
		await this.part('node-credentials-select').click();
		await this.part(`node-credentials-select-item-${credential.id}`).click();
	}

	/**
	 * Fills in a text field of a node or a credential.
	 *
	 * @param {string} parameter
	 * @param {string} value
	 */
	fill(parameter, value) {
		return this.part(`parameter-input-${parameter}`).locator('input, textarea').fill(value);
	}

	/**
	 * Opens the list of a resource locator.
	 *
	 * @param {string} parameter
	 * @returns its entries, once the service has returned them
	 */
	async openList(parameter) {
		await this.part(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
		const entries = this.part('rlc-item').filter({ visible: true });
		await entries.first().waitFor();
		return entries;
	}

	/**
	 * Opens a list from which several options can be chosen.
	 *
	 * @param {string} parameter
	 * @param {string} option one of those that it has once it is loaded
	 * @returns its options, once that one is shown
	 */
	async openOptions(parameter, option) {
		const options = this.page.locator('.el-select-dropdown__item').filter({ visible: true });
		for (let tries = 1; ; tries += 1) {
			// It closes when it has been loaded.
			if ((await options.count()) === 0) {
				await this.part(`parameter-input-${parameter}`).locator('.el-select').click();
			}
			try {
				await options.getByText(option, { exact: true }).waitFor({ timeout: 10_000 });
				return options;
			} catch (error) {
				if (tries === 6) throw error;
			}
		}
	}

	/**
	 * Types a value into a resource locator.
	 *
	 * @param {string} parameter
	 * @param {'id' | 'url'} mode
	 * @param {string} value
	 */
	async locate(parameter, mode, value) {
		const locator = this.part(`resource-locator-${parameter}`);
		await locator.getByTestId('rlc-mode-selector').click();
		await this.part(`mode-${mode}`).filter({ visible: true }).click();
		await locator.getByTestId('rlc-input').fill(value);
	}

	/**
	 * Waits for a notification and closes it.
	 *
	 * @param {string} title
	 */
	async dismiss(title) {
		const message = this.page.getByRole('alert').filter({ hasText: title });
		await message.locator('.el-notification__closeBtn').click();
		await message.waitFor({ state: 'hidden' });
	}

	/**
	 * Runs the node whose panel is open. n8n stores some of what is typed a moment later, and does not run
	 * a node without its required values: until it has them, it marks the node on the canvas.
	 */
	async execute() {
		const issues = this.part('canvas-node').getByTestId('node-issues').first();
		await issues.waitFor({ state: 'hidden' });
		await this.part('node-execute-button').click();
	}

	/** Waits until the node whose panel is open has succeeded, and shows its output as JSON. */
	async showOutput() {
		const panel = this.part('output-panel');
		await panel.getByTestId('node-run-status-success').waitFor();
		await panel.getByTestId('radio-button-json').click();
	}

	/**
	 * @param {string} path
	 * @returns {Promise<string>} a value in the output as the JSON view shows it
	 */
	outputValue(path) {
		return this.part('output-panel').locator(`.vjs-value [data-path="${path}"]`).innerText();
	}
}
