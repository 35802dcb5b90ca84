import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** The Chinese terms of the three services, from docs/text/zh/terms.yaml. */

const schema = z
	.object({
		resources: z.record(z.string()),
		fields: z.record(z.string()),
		operations: z
			.object({
				fanvue: z.record(z.string()),
				fanfou: z.record(z.string()),
				fanbook: z.record(z.string()),
			})
			.strict(),
	})
	.strict();

export const TERMS_FILE = join(__dirname, '..', '..', 'docs', 'text', 'zh', 'terms.yaml');

export const terms = schema.parse(parse(readFileSync(TERMS_FILE, 'utf8')));
