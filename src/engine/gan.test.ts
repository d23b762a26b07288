import { ganSuite } from "../testing/gan-suite";

ganSuite("cpu");
ganSuite("wasm");
