"""Fetches the report from the places that have it, and only where somebody asks for just that.

Nothing in the course calls this but the button of `mali.report()` and ``--fetch``.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from html import unescape
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.core.report import Place, about_report
from mali_course.original.bringing import Brought, recognise_file
from mali_course.original.unreadable import LARGEST

if TYPE_CHECKING:
    from http.client import HTTPMessage, HTTPResponse
    from typing import IO
    from urllib.request import OpenerDirector, Request

__all__ = ["fetch_report", "fetched_places"]

_SCHEMES = ("https",)
_WAIT = 10.0  # seconds without a sign of life
_WHOLE_WAIT = 60.0  # seconds for one file, however it drips
_MOST_LINKS = 4
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s<>]+)""", re.IGNORECASE)
_NAME = "mali-course"  # what a server is told


class _NotGivenError(Exception):
    """Why an address gave nothing: the end of a sentence that begins with its host."""


class _NotReachedError(_NotGivenError):
    """Why an address could not even be asked."""


def fetched_places() -> tuple[Place, ...]:
    """Return the places that `fetch_report` asks, in its order.

    Examples
    --------
    >>> [urlsplit(place.url).hostname for place in fetched_places()]
    ['www.congress.gov', 'www.everycrsreport.com']
    """
    return tuple(place for place in about_report().places if place.fetched)


def fetch_report() -> Brought:
    """Return what the places of the report gave; it stops as soon as all sentences are there.

    Raises
    ------
    CourseError
        If none of them gave a sentence: in a sentence, why and what to do.
    """
    if not _can_open_addresses():
        raise CourseError(say("fetching.no_way"))
    opener = _opener()
    found: dict[str, str] = {}
    dated, most = "", 0
    problems: dict[str, _NotGivenError] = {}
    for place in fetched_places():
        host = str(urlsplit(place.url).hostname)
        try:
            for brought in _brought(opener, place.url):
                if len(brought.sentences) > most:
                    dated, most = brought.dated, len(brought.sentences)
                found |= brought.sentences
                if not Brought(found).missing:
                    return Brought(found, dated)
        except _NotGivenError as problem:
            problems[host] = problem
        else:
            problems[host] = _NotGivenError(say("fetching.reason.other"))
    if found:
        return Brought(found, dated)
    if all(isinstance(problem, _NotReachedError) for problem in problems.values()):
        raise CourseError(say("fetching.no_network"))
    reasons = "; ".join(f"{host} {problem}" for host, problem in problems.items())
    raise CourseError(say("fetching.none", reasons=reasons))


def _can_open_addresses() -> bool:
    """Whether this Python can: inside of a browser it cannot, nor without encryption."""
    return sys.platform != "emscripten" and find_spec("_ssl") is not None


def _brought(opener: OpenerDirector, address: str) -> Iterator[Brought]:
    """Yield what an address gives: the files that it lists of our version, and what it is itself.

    Raises
    ------
    _NotGivenError
        If it gave nothing.
    """
    content, address = _content(opener, address)
    for link in _version_links(content, address):
        try:
            yield _recognised(_content(opener, link)[0])
        except _NotGivenError:
            continue  # another of them, or the page itself, may have it
    yield _recognised(content)


def _recognised(content: bytes) -> Brought:
    try:
        return recognise_file(content)
    except CourseError:  # it speaks to somebody who has chosen a file
        raise _NotGivenError(say("fetching.reason.other")) from None


def _version_links(content: bytes, address: str) -> list[str]:
    """Return the links of a page, on its own host, whose names say that they are our version."""
    if b"%PDF" in content[:1024]:
        return []
    page = content.decode("utf-8", errors="replace")
    report = about_report()
    date = report.date.replace("-", "-?")
    name = re.compile(rf"(?:^|/){date}_{report.product}_[^/]*\.(?:html?|pdf)", re.IGNORECASE)
    host = urlsplit(address).netloc.removeprefix("www.")
    links: dict[str, None] = {}
    for href in _HREF.findall(page):
        try:
            link = urljoin(address, unescape(href)).partition("#")[0]
            parts = urlsplit(link)
        except ValueError:
            continue
        same_host = parts.netloc.removeprefix("www.") == host
        if same_host and parts.scheme in _SCHEMES and name.search(unquote(parts.path)):
            links[link] = None
    return list(links)[:_MOST_LINKS]


def _opener() -> OpenerDirector:
    """Return what opens addresses: it follows no way that is not encrypted."""
    # Imported only here: together they take longer than a first question.
    from urllib.request import HTTPRedirectHandler, build_opener

    class Redirects(HTTPRedirectHandler):
        def redirect_request(
            self,
            req: Request,
            fp: IO[bytes],
            code: int,
            msg: str,
            headers: HTTPMessage,
            newurl: str,
        ) -> Request | None:
            if urlsplit(newurl).scheme not in _SCHEMES:
                raise _NotGivenError(say("fetching.reason.elsewhere"))
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    opener = build_opener(Redirects)
    opener.addheaders = [("User-Agent", _NAME)]
    return opener


def _content(opener: OpenerDirector, address: str) -> tuple[bytes, str]:
    """Return what an address gives, and the address that it came from in the end."""
    from http.client import HTTPException
    from ssl import SSLError
    from urllib.error import HTTPError, URLError

    try:
        with opener.open(address, timeout=_WAIT) as answer:
            return _read(answer), answer.url
    except HTTPError as problem:
        problem.close()
        kinds = {401: "refused", 403: "refused", 429: "refused", 404: "gone", 410: "gone"}
        sent_on = problem.code in range(300, 400)  # in a circle, or to what is no web address
        kind = "elsewhere" if sent_on else kinds.get(problem.code, "fault")
        raise _NotGivenError(say(f"fetching.reason.{kind}", code=problem.code)) from None
    except (OSError, HTTPException, ValueError) as problem:
        cause = problem.reason if isinstance(problem, URLError) else problem
        if isinstance(cause, SSLError):
            raise _NotGivenError(say("fetching.reason.not_safe")) from None
        if isinstance(cause, OSError):
            raise _NotReachedError(say("fetching.reason.not_reached")) from None
        raise _NotGivenError(say("fetching.reason.broken")) from None


def _read(answer: HTTPResponse) -> bytes:
    """Return the whole of an answer."""
    parts, size = [], 0
    end = time.monotonic() + _WHOLE_WAIT
    while part := answer.read1(65536):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise _NotGivenError(say("fetching.reason.large"))
        if time.monotonic() > end:
            raise _NotGivenError(say("fetching.reason.slow"))
    if answer.length:  # it announced more than came
        raise _NotGivenError(say("fetching.reason.broken"))
    return b"".join(parts)
