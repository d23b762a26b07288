import { engineSuite } from "../testing/engine-suite";

engineSuite("cpu");
engineSuite("wasm");
