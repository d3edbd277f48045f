"""The text of a PDF, page by page, within bounds: a few kilobytes can unpack to gigabytes or draw forms in forms."""

import io
import logging
import time
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from kg.errors import CallerError

_MOST_PAGES = 3000
_MOST_CONTENT = 8 << 20
_MOST_OF_A_PAGE = 2 << 20  # a page is taken apart in one go, at half a MiB a second
_MOST_OPERATIONS = 1_000_000
# what the reader raises where a file is not made as it says
_BROKEN = (PyPdfError, DependencyError, ArithmeticError, AssertionError, AttributeError, LookupError,
           NotImplementedError, RecursionError, TypeError, ValueError)  # fmt: skip


logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said to the caller, not to the log


def pages_of(content: bytes, seconds: float | None = None) -> Iterator[str]:
    """Give the text of each page of a PDF, in so many seconds of processor time."""
    budget = _Budget(seconds)
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

    def __init__(self, seconds: float | None) -> None:
        self._content = _MOST_CONTENT
        self._operations = _MOST_OPERATIONS
        self._seconds = seconds
        self._end = time.thread_time() + (seconds or 0)

    def unpack(self, page: PageObject) -> None:
        """Count what a page says before it is read word by word, which is the slow part."""
        contents = page.get_contents()
        size = 0 if contents is None else len(contents.get_data())
        if size > _MOST_OF_A_PAGE:
            raise CallerError(
                f"A page unpacks to more than {_MOST_OF_A_PAGE} bytes: send the text of the PDF."
            )
        self._content -= size
        if self._content < 0:
            raise CallerError(
                f"The pages unpack to more than {_MOST_CONTENT} bytes: send the text of the PDF."
            )
        self._check_time()

    def operate(self, *_: Any) -> None:
        """Count one operation of a page or of a form in it."""
        self._operations -= 1
        if self._operations < 0:
            raise CallerError(f"The PDF draws more than {_MOST_OPERATIONS} times: send its text.")
        self._check_time()

    def _check_time(self) -> None:
        if self._seconds and time.thread_time() > self._end:
            raise CallerError(f"The PDF takes more than {self._seconds:g} seconds to read: send its text.")
