// Every page: suggestions in the search box, and parts of the map that change in place.
import { suggest } from "./suggest.js";
import { swap } from "./swap.js";

for (const input of document.querySelectorAll("[data-suggest]")) suggest(input);
swap();
