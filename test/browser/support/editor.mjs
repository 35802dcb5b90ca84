/** n8n's editor in one browser tab, in the words of someone who uses it. */

export class Editor {
	/**
	 * @param {import('playwright-core').Page} page
	 * @param {(page: import('playwright-core').Page, name: string) => Promise<void>} takePicture
	 */
	constructor(page, takePicture) {
		this.page = page;
		this.takePicture = takePicture;
	}

	/** A part of the page by n8n's own name for it. */
	part(testId) {
		return this.page.getByTestId(testId);
	}

	/** Keeps what is seen now. */
	picture(name) {
		return this.takePicture(this.page, name);
	}

	async signIn({ email, password }) {
		await this.page.goto('/signin');
		await this.page.locator('input[name="emailOrLdapLoginId"]').fill(email);
		await this.page.locator('input[name="password"]').fill(password);
		await this.part('form-submit-button').click();
		await this.page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	}

	/** A new workflow, with the list of triggers open. */
	async openNewWorkflow() {
		await this.page.goto('/workflow/new');
		await this.part('canvas-plus-button').click();
		await this.part('node-creator-search-bar').waitFor();
	}

	/** A new workflow that is started by hand, with the list of nodes open. */
	async openManualWorkflow() {
		await this.openNewWorkflow();
		await this.entry('Trigger manually').click();
		await this.node('n8n-nodes-base.manualTrigger').waitFor();
		await this.part('node-creator-plus-button').click();
	}

	openOverview() {
		return this.page.goto('/home/workflows');
	}

	/** Opens a workflow out of the overview, waits until all its nodes are drawn, and looks at it. */
	async visit(name, nodeNames, look) {
		await this.page.getByText(name, { exact: true }).first().click();
		for (const node of nodeNames) await this.nodeNamed(node).waitFor();
		await look();
		await this.page.goBack();
	}

	/** Opens a stored workflow and waits until all its nodes are drawn. */
	async openWorkflow(id, nodeNames) {
		await this.page.goto(`/workflow/${id}`);
		for (const name of nodeNames) await this.nodeNamed(name).waitFor();
	}

	search(words) {
		return this.part('node-creator-search-bar').fill(words);
	}

	/** An entry of the list of nodes, or one of a node's actions and triggers. */
	entry(name) {
		return this.part('node-creator-item-name').getByText(name, { exact: true });
	}

	/** Opens an entry, and waits until the list it stood in has made way for what it holds. */
	async openEntry(name) {
		const entry = this.entry(name);
		await entry.click();
		await entry.waitFor({ state: 'hidden' });
	}

	/** Finds a node by search and adds it with one of its actions or triggers. Its panel opens. */
	async add(search, name, action) {
		await this.search(search);
		await this.openEntry(name);
		await this.entry(action).click();
		await this.part('ndv').waitFor();
	}

	/** Nodes on the canvas, by type. */
	node(type) {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-type="${type}"]`);
	}

	nodeNamed(name) {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	async closePanel() {
		await this.part('ndv-close-button').click();
		await this.part('ndv').waitFor({ state: 'hidden' });
	}

	/** Takes a stored credential for the node whose panel is open. */
	async chooseCredential({ id }) {
		await this.part('node-credentials-select').click();
		await this.part(`node-credentials-select-item-${id}`).click();
	}

	/** Fills in a text field of a node or a credential. */
	fill(parameter, value) {
		return this.part(`parameter-input-${parameter}`).locator('input, textarea').fill(value);
	}

	/** Opens the list of a locator. @returns its entries, once the service has been asked */
	async openList(parameter) {
		await this.part(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
		const entries = this.part('rlc-item').filter({ visible: true });
		await entries.first().waitFor();
		return entries;
	}

	/**
	 * Fills in a locator by hand.
	 *
	 * @param {'id' | 'url'} mode
	 */
	async locate(parameter, mode, value) {
		const locator = this.part(`resource-locator-${parameter}`);
		await locator.getByTestId('rlc-mode-selector').click();
		await this.part(`mode-${mode}`).filter({ visible: true }).click();
		await locator.getByTestId('rlc-input').fill(value);
	}

	/** Waits for a message in the corner and closes it. */
	async dismiss(title) {
		const message = this.page.getByRole('alert').filter({ hasText: title });
		await message.locator('.el-notification__closeBtn').click();
		await message.waitFor({ state: 'hidden' });
	}

	/** Runs the node whose panel is open. */
	execute() {
		return this.part('node-execute-button').click();
	}

	/** Waits until the node whose panel is open has run, and shows its output as JSON. */
	async showOutput() {
		const panel = this.part('output-panel');
		await panel.getByTestId('node-run-status-success').waitFor();
		await panel.getByTestId('radio-button-json').click();
	}

	/** @returns {Promise<string>} a value in the output shown as JSON, as it is written there */
	outputValue(path) {
		return this.part('output-panel').locator(`.vjs-value [data-path="${path}"]`).innerText();
	}
}
