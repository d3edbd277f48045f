"""Our exports read by the tools of others, each in an environment of its own: see install."""
