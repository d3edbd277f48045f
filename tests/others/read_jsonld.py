"""Turn JSON-LD into N-Quads."""

import json
import sys
from pathlib import Path

from pyld import jsonld

print(jsonld.to_rdf(json.loads(Path(sys.argv[1]).read_bytes()), {"format": "application/n-quads"}))
