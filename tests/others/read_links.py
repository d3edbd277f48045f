"""Print the signposts of an address, one a line: relation and target."""

import sys

from signposting import find_signposting_http

for link in find_signposting_http(sys.argv[1]).signposts:
    print(link.rel.value, link.target)
