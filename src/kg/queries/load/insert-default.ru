# Adds statements, N-Triples in the place of the comment, to the default graph.
INSERT DATA {
# statements
}
