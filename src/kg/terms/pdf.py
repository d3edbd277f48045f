"""The text of a PDF, page by page, within bounds: a few kilobytes can unpack to gigabytes or draw forms in forms."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from kg.errors import CallerError

_MOST_PAGES = 3000
_MOST_CONTENT = 8 << 20
_MOST_OPERATIONS = 1_000_000
# what the reader raises where a file is not made as it says
_BROKEN = (PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError,
           RecursionError, TypeError, ValueError)  # fmt: skip


def pages_of(content: bytes) -> Iterator[str]:
    """Give the text of each page of a PDF."""
    budget = _Budget()
    try:
        reader = PdfReader(io.BytesIO(content))
        if len(reader.pages) > _MOST_PAGES:
            raise CallerError(f"The PDF has more than {_MOST_PAGES} pages: send it in parts.")
        for page in reader.pages:
            budget.unpack(page)
            yield page.extract_text(visitor_operand_before=budget.operate)
    except _BROKEN as error:
        raise CallerError(f"The PDF cannot be read ({error}): export it again, or send its text.") from error


class _Budget:
    """What a document may still unpack and draw."""

    def __init__(self) -> None:
        self._content = _MOST_CONTENT
        self._operations = _MOST_OPERATIONS

    def unpack(self, page: PageObject) -> None:
        """Count what a page says before it is read word by word, which is the slow part."""
        contents = page.get_contents()
        self._content -= 0 if contents is None else len(contents.get_data())
        if self._content < 0:
            raise CallerError(
                f"The pages unpack to more than {_MOST_CONTENT} bytes: send the text of the PDF."
            )

    def operate(self, *_: Any) -> None:
        """Count one operation of a page or of a form in it."""
        self._operations -= 1
        if self._operations < 0:
            raise CallerError(f"The PDF draws more than {_MOST_OPERATIONS} times: send its text.")
