"""Print what Skosify warns of in each file."""

import logging
import sys

import skosify

logging.basicConfig(stream=sys.stdout, level=logging.WARNING, format="%(message)s")
for path in sys.argv[1:]:
    skosify.skosify(path)
