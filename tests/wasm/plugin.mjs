// The built package, started once for Node.
import { readFileSync } from 'node:fs';
import * as plugin from '../../pkg/deskbell.js';

plugin.initSync({ module: readFileSync(new URL('../../pkg/deskbell_bg.wasm', import.meta.url)) });
export { plugin };
