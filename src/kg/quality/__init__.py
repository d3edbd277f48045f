"""Say what is wrong with any SKOS file: where, why it matters and what repairs it."""
