/** The GANs' suite on WebGPU (software adapter). */
import { ganSuite } from "../testing/gan-suite";

ganSuite("webgpu");
