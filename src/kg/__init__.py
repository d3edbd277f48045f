"""aisi-kg: activity map and terminology knowledge graph for AI safety institutes."""
