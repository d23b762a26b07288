/** Entry of the bundle: `node bench-node.mjs --models=dense --out=rows.json` on a machine with nothing but Node and a GPU. */
import { measureInNode } from "./node-measure";

process.exit(await measureInNode(process.argv.slice(2), [process.argv[1]!]));
