import { contract } from "./store-contract";
import { memoryBackend } from "./support";

// What stands for redis in all other tests does as redis does, of which the lab's tests see to.
contract(memoryBackend());
