"""The report is fetched from its places, and only where somebody asks for just that."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.core.report import Place, about_report
from mali_course.original import fetching
from mali_course.original.fetching import fetch_report, fetched_places

PAGE = "/reports/IF10116.html"


@dataclass
class _Answer:
    """What the server of a test gives at an address."""

    body: bytes = b""
    code: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Host:
    """A server on this computer: what it gives, and what it was asked for."""

    address: str = ""
    given: dict[str, _Answer] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def place(self, path: str) -> Place:
        return Place(name="Here", url=self.address + path, gives="the report")


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Host]:
    """Serve on this computer, without encryption, which the course takes nowhere else."""
    served = _Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((self.path, self.headers["User-Agent"]))
            answer = served.given.get(self.path, _Answer(code=404))
            self.send_response(answer.code)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    served.address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(fetching, "_SCHEMES", ("https", "http"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def only(*places: Place) -> None:
        monkeypatch.setattr(fetching, "fetched_places", lambda: places)

    return only


def _text(sentences: Mapping[str, str], *locators: str) -> bytes:
    chosen = [text for one, text in sentences.items() if not locators or one in locators]
    return "\n".join(chosen).encode()


def test_the_first_place_that_has_all_sentences_is_enough(
    host: _Host, ask: Callable[..., None], made_up_report: Mapping[str, str]
) -> None:
    host.given["/report"] = _Answer(_text(made_up_report))
    ask(host.place("/not-there"), host.place("/report"), host.place("/never-asked"))
    assert dict(fetch_report().sentences) == dict(made_up_report)
    assert host.asked == [("/not-there", "mali-course"), ("/report", "mali-course")]


def test_of_a_list_of_versions_ours_is_taken(
    host: _Host, ask: Callable[..., None], made_up_report: Mapping[str, str]
) -> None:
    other, ours = "/files/2020-09-18_IF10116_aa.html", "/files/2020-01-17_IF10116_bb.html"
    links = [other, "http://127.0.0.2/2020-01-17_IF10116_cc.pdf", f"..{ours}", f"{ours}#top"]
    links += ["/files/20200117_IF99999_dd.pdf", "http://[", "javascript:20200117_IF10116_x.pdf"]
    page = "".join(f'<a class="a" HREF = "{one}">version</a>' for one in links)
    host.given[PAGE] = _Answer((page + "<a href=" * 100_000).encode())
    host.given[ours] = _Answer(_text(made_up_report))
    ask(host.place(PAGE))
    assert not fetch_report().missing
    assert [path for path, _ in host.asked] == [PAGE, ours]


def test_of_many_links_a_few_are_followed(host: _Host, ask: Callable[..., None]) -> None:
    names = (f"/files/20200117_IF10116_{number}.PDF" for number in range(50))
    host.given[PAGE] = _Answer("".join(f"<a href='{one}'>" for one in names).encode())
    ask(host.place(PAGE))
    with pytest.raises(CourseError, match="not the report"):
        fetch_report()
    assert len(host.asked) == 5


def test_what_several_places_give_is_put_together(
    host: _Host, ask: Callable[..., None], made_up_report: Mapping[str, str]
) -> None:
    host.given["/a"] = _Answer(_text(made_up_report, "1.1.1", "1.1.2"))
    host.given["/b"] = _Answer(_text(made_up_report, "1.1.2", "6.1.1"))
    host.given["/c"] = _Answer(b"Something else.")
    ask(*map(host.place, ("/a", "/b", "/c")))
    assert set(fetch_report().sentences) == {"1.1.1", "1.1.2", "6.1.1"}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (_Answer(code=403), "refused"),
        (_Answer(code=429), "refused"),
        (_Answer(code=410), "gone"),
        (_Answer(code=500), "fault"),
        (_Answer(b"<h1>Our new site</h1>"), "other"),
        (_Answer(b"%PDF-1.7 and then nothing of the kind"), "other"),
        (_Answer(b"", headers={"Content-Length": "9"}), "broken"),
        (_Answer(b"", headers={"Content-Length": "0", "Transfer-Encoding": "chunked"}), "broken"),
        (_Answer(b"x" * 5_000_001), "large"),
        (_Answer(code=302, headers={"Location": "file:///etc/passwd"}), "elsewhere"),
        (_Answer(code=302, headers={"Location": "ftp://127.0.0.1/report"}), "elsewhere"),
        (_Answer(code=302, headers={"Location": "http://[/report"}), "broken"),
        (_Answer(code=302, headers={"Location": "/report"}), "elsewhere"),  # in a circle
    ],
)
def test_what_went_wrong_is_said_in_one_sentence(
    host: _Host, ask: Callable[..., None], answer: _Answer, reason: str
) -> None:
    host.given["/report"] = answer
    ask(host.place("/report"))
    with pytest.raises(CourseError) as told:
        fetch_report()
    words = say(f"fetching.reason.{reason}", code=answer.code)
    assert str(told.value) == say("fetching.none", reasons=f"127.0.0.1 {words}")


def test_a_file_that_only_drips_is_given_up(
    host: _Host, ask: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    host.given["/report"] = _Answer(b"x" * 100_000)
    monkeypatch.setattr(fetching, "_WHOLE_WAIT", -1)
    ask(host.place("/report"))
    with pytest.raises(CourseError, match="took too long"):
        fetch_report()


def test_no_way_without_encryption_is_taken(
    host: _Host, ask: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither at first nor by a redirect: here as outside of this test's seam."""
    monkeypatch.setattr(fetching, "_SCHEMES", ("https",))
    host.given["/report"] = _Answer(code=301, headers={"Location": f"{host.address}/plain"})
    ask(host.place("/report"))
    with pytest.raises(CourseError, match="does not open"):
        fetch_report()
    assert "/plain" not in [path for path, _ in host.asked]
    assert all(place.url.startswith("https://") for place in about_report().places)


def test_without_a_network_it_says_what_to_do(ask: Callable[..., None]) -> None:
    place = Place(name="Nowhere", url="https://127.0.0.1:9/report", gives="")
    ask(place, place)
    with pytest.raises(CourseError) as told:
        fetch_report()
    assert str(told.value) == say("fetching.no_network")


def test_a_server_that_is_not_who_it_says_is_not_trusted(
    host: _Host, ask: Callable[..., None]
) -> None:
    """It speaks no TLS at all, which is told as what it is and not as a missing network."""
    ask(Place(name="Here", url=host.address.replace("http:", "https:") + "/report", gives=""))
    with pytest.raises(CourseError, match="secure connection"):
        fetch_report()


@pytest.mark.parametrize("lacks", ["browser", "encryption"])
def test_a_python_that_can_open_no_addresses_says_to_save_the_file(
    lacks: str, monkeypatch: pytest.MonkeyPatch, ask: Callable[..., None]
) -> None:
    ask()
    if lacks == "browser":
        monkeypatch.setattr(sys, "platform", "emscripten")
    else:
        monkeypatch.setattr(fetching, "find_spec", lambda name: None)
    with pytest.raises(CourseError) as told:
        fetch_report()
    assert str(told.value) == say("fetching.no_way")


def test_a_text_that_only_a_machine_has_read_is_not_asked_for() -> None:
    asked = {place.name for place in fetched_places()}
    assert asked < {place.name for place in about_report().places}
    assert "HeinOnline" not in asked


# Everything that a learner does, in a process that notes each look at the network.
_WHOLE_COURSE = """
import sys
tried = []
sys.addaudithook(
    lambda event, args: tried.append(event)
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request")
    else None
)
import json
from pathlib import Path
import mali_course as mali
from mali_course.cli import main
from mali_course.core.content import notebooks_folder
{planted}
run = 0
for notebook in sorted(notebooks_folder().glob({which!r})):
    names = {{}}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        code = "".join(cell["source"])
        if cell["cell_type"] == "code":
            exec(code, names)
            run += 1
assert main(["start", "--copy-only", "--folder", "copies"]) == 0
assert main(["report"]) == 0
main(["doctor"])
print("ran", run, "cells; tried", sorted(set(tried)))
"""


def _course_without_network(place: Path, which: str, planted: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", _WHOLE_COURSE.format(which=which, planted=planted)],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_all_of_the_course_works_and_no_connection_is_tried(tmp_path: Path) -> None:
    said = _course_without_network(tmp_path, "*.ipynb")
    assert said.endswith("tried []"), said
    assert int(said.split()[1]) > 100


def test_a_connection_would_be_noticed(tmp_path: Path) -> None:
    planted = """
from mali_course.core.report import Place
from mali_course.original import fetching
fetching.fetched_places = lambda: [Place(name="Here", url="https://127.0.0.1:9/", gives="")]
assert main(["report", "--fetch"]) == 1
"""
    assert "socket.getaddrinfo" in _course_without_network(tmp_path, "none", planted)
