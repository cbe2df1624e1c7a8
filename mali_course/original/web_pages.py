"""Reads a saved web page: HTML, or the archive that a browser makes of it (MHTML)."""

from __future__ import annotations

import re
from email import message_from_bytes
from html.parser import HTMLParser

from mali_course.original.decoding import decoded

__all__ = ["archived_page", "page_text"]

_UNREAD = {"head", "title", "script", "style", "noscript", "template", "svg", "textarea", "select"}
_WITHIN_A_LINE = re.compile(
    "a|abbr|acronym|b|bd[io]|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|"
    "span|strike|strong|su[bp]|time|tt|u|var|wbr"
)
_NAMED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE)


class _Text(HTMLParser):
    """Collects the text of a page; what is no part of a line begins a new one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread = ""  # the element that is passed over
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if self._unread:
            self._depth += tag == self._unread
        elif tag in _UNREAD:
            self._unread, self._depth = tag, 1
        elif tag == "body":
            self._unread = ""
        elif not _WITHIN_A_LINE.fullmatch(tag):
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if not self._unread and not _WITHIN_A_LINE.fullmatch(tag):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            self._depth -= tag == self._unread
            if not self._depth:
                self._unread = ""
        elif not _WITHIN_A_LINE.fullmatch(tag):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            # Line ends of the source are no line ends of the page.
            self.parts.append(re.sub(r"\s+", " ", data))


def page_text(content: bytes, charset: str = "") -> str:
    r"""Return the text of a web page as HTML.

    Examples
    --------
    >>> page_text(b"<title>T</title><p>A <b>b</b>old\nword&rsquo;s<br>end</p>").split("\n")
    ['', 'A bold word’s', 'end', '']
    """
    named = _NAMED.search(content[:4096])
    parser = _Text()
    parser.feed(decoded(content, charset or (named[1].decode() if named else "")))
    parser.close()
    return "".join(parser.parts)


def archived_page(content: bytes) -> str:
    r"""Return the text of the pages in an archive.

    Examples
    --------
    >>> archived_page(b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>A</p>").strip()
    'A'
    """
    texts = []
    for part in message_from_bytes(content).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            inside = part.get_payload(decode=True)
            if isinstance(inside, bytes):
                texts.append(page_text(inside, part.get_content_charset("")))
    return "\n".join(texts)
