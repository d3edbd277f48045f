"""The web side of aisi-kg: pages, REST and SPARQL over one snapshot."""
