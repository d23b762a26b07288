/** The project's own trainer on TensorFlow.js, through the same door as the worker's. */
