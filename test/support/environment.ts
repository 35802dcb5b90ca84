import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core writes its settings file to these folders; tests must not touch those of a real n8n.
process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-nodes-fan-'));
process.env.N8N_ENCRYPTION_KEY ??= 'only-for-tests';
process.env.N8N_DIAGNOSTICS_ENABLED ??= 'false';
// n8n logs every failed execution. Jest looks up where each line comes from, which takes longer than a run.
process.env.N8N_LOG_LEVEL ??= 'silent';
