# Adds statements, N-Triples in the place of the comment, to the named graph.
INSERT DATA {
  GRAPH <urn:graph> {
# statements
  }
}
