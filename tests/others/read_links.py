"""Print the signposts that a Link header gives, one kind a line."""

import sys

from signposting.linkparser import find_signposting

address, header = sys.argv[1:]
found = find_signposting([header], address)
for link in found.signposts:
    print(link.rel.value, link.target)
