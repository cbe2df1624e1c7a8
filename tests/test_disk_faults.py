"""Nothing told as saved is lost: a full disk, a folder that goes, a network that fails."""

from __future__ import annotations

import ast
import errno
import json
import os
import random
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mali_course.core.errors import CourseError
from mali_course.core.whole_files import write_whole
from mali_course.kit.output import write_files
from mali_course.questions import bank
from mali_course.questions.kinds.choice import Choice
from mali_course.record import own_file
from mali_course.record.log import Log, the_log
from mali_course.record.portable import open_packed, pack_log, restore_events
from mali_course.views.asking import ask
from mali_course.views.progress_files import export_progress
from mali_course.views.progress_view import progress

CHOICE = next(item for item in bank.items() if isinstance(item, Choice))


class Disk:
    """Stands between the package and the disk: it is full, slow to say so, or away."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.room: int | None = None  # bytes; None: plenty
        self.faults: dict[str, int] = {}  # name of a call to the error that it gives
        for name in ("write", "fsync", "ftruncate", "open", "close", "listdir"):
            monkeypatch.setattr(os, name, self._wrapped(name, getattr(os, name)))

    def _wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*given: Any, **more: Any) -> Any:
            if name == "write" and self.room is not None:
                data = bytes(given[1])[: self.room]
                if not data:
                    raise OSError(errno.ENOSPC, "No space left on device")
                self.room -= len(data)
                return call(given[0], data)
            result = call(*given, **more) if name != "open" or name not in self.faults else None
            if name in self.faults:
                raise OSError(self.faults[name], os.strerror(self.faults[name]))
            return result

        return wrapped


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def numbers_on_disk(place: Path) -> list[int]:
    """Return what a kernel that begins now finds there."""
    return sorted(event["number"] for event in Log(place).events())


def add(log: Log, number: int, length: int = 100) -> str:
    event = {"item": "00-15", "event": "answer", "response": "é" * length, "number": number}
    return log.add(event)


def test_a_full_disk_loses_nothing_that_was_told_as_saved(tmp_path: Path, disk: Disk) -> None:
    """Room comes and goes at random; the last line may be torn at any byte."""
    chance = random.Random(13)
    for course in range(30):
        log, told, place = Log(tmp_path / str(course)), set(), tmp_path / str(course)
        for number in range(25):
            disk.room = chance.choice([None, 0, chance.randrange(1, 900)])
            can_cut = chance.random() < 0.7
            disk.faults = {} if can_cut else {"ftruncate": errno.EIO}
            if not add(log, number, chance.randrange(200)):
                told |= set(range(number + 1))  # what was kept is written first
            disk.room = None
            assert told <= set(numbers_on_disk(place))
            assert [event["number"] for event in log.events()] == list(range(number + 1))
        disk.faults = {}
        log.events()
        assert numbers_on_disk(place) == list(range(25))


@pytest.mark.parametrize("call", ["write", "fsync", "close", "open"])
@pytest.mark.parametrize("number", [errno.EIO, errno.EDQUOT, errno.EROFS, errno.ESTALE])
def test_any_call_to_the_disk_may_fail(
    tmp_path: Path, disk: Disk, call: str, number: int
) -> None:
    """Network folders tell of a full quota only when a file is flushed or closed."""
    log = Log(tmp_path)
    assert add(log, 0) == ""
    disk.faults = {call: number}
    assert os.strerror(number) in add(log, 1)
    assert log.problem
    disk.faults = {}
    assert add(log, 2) == ""
    assert numbers_on_disk(tmp_path) == [0, 1, 2]


def test_what_was_kept_is_written_by_a_look_and_by_a_download(tmp_path: Path, disk: Disk) -> None:
    for look in (Log.events, pack_log):
        place = tmp_path / look.__name__
        log = Log(place)
        disk.room = 10
        assert add(log, 0)
        disk.room = None
        look(log)
        assert numbers_on_disk(place) == [0]
        assert log.problem == ""


def test_a_folder_that_is_away_for_a_moment_hides_nothing(tmp_path: Path, disk: Disk) -> None:
    assert add(Log(tmp_path), 0) == ""
    log = Log(tmp_path)
    assert len(log.events()) == 1
    disk.faults = {"listdir": errno.EIO}
    assert len(log.events()) == 1


def _remove(place: Path) -> None:
    shutil.rmtree(place)


def _files_to_folders(place: Path) -> None:
    for file in place.glob("*.jsonl"):
        file.unlink()
        file.mkdir()


def _empty(place: Path) -> None:
    for file in place.glob("*.jsonl"):
        file.write_bytes(b"")


def _cut(place: Path) -> None:
    for file in place.glob("*.jsonl"):
        file.write_bytes(file.read_bytes()[:-20])


def _lengthen(place: Path) -> None:
    for file in place.glob("*.jsonl"):
        file.write_bytes(file.read_bytes() + b'{"id": "half')


@pytest.mark.parametrize("change", [_remove, _files_to_folders, _empty, _cut, _lengthen])
def test_what_a_running_kernel_has_saved_survives_what_happens_to_its_file(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    place = tmp_path / "progress"
    log = Log(place)
    for number in range(3):
        assert add(log, number) == ""
    change(place)
    assert add(log, 3) == ""
    assert set(numbers_on_disk(place)) == {0, 1, 2, 3}


def test_a_folder_that_becomes_a_file_and_a_folder_again(tmp_path: Path) -> None:
    place = tmp_path / "progress"
    log = Log(place)
    add(log, 0)
    shutil.rmtree(place)
    place.write_text("a file where the folder should be")
    assert add(log, 1)
    assert len(log.events()) == 2
    place.unlink()
    assert len(log.events()) == 2
    assert numbers_on_disk(place) == [0, 1]


def test_two_kernels_on_a_full_disk_lose_nothing(tmp_path: Path, disk: Disk) -> None:
    first, second = Log(tmp_path), Log(tmp_path)
    for number in range(10):
        disk.room = 150 if number % 3 else None
        add(first if number % 2 else second, number)
    disk.room = None
    first.events(), second.events()
    assert numbers_on_disk(tmp_path) == list(range(10))


def test_a_long_day_goes_into_several_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_file, "_FULL", 1_000)
    log = Log(tmp_path)
    for number in range(20):
        assert add(log, number) == ""
    assert len(list(tmp_path.glob("*.jsonl"))) > 3
    for file in list(tmp_path.glob("*.jsonl"))[:2]:
        file.unlink()
    assert add(log, 20) == ""
    assert set(numbers_on_disk(tmp_path)) == set(range(21))


def test_a_learner_is_told_and_told_again_when_all_is_well(home: Path, disk: Disk) -> None:
    disk.room = 0
    reply = ask(CHOICE.id).send_values({"answer": [CHOICE.key_response()]}, "check")  # type: ignore[union-attr]
    assert "It is kept while this notebook runs" in reply.status
    shown = progress().reply["view"]
    assert "could not be saved on this computer: No space left on device." in shown
    disk.room = None
    shown = progress().reply["view"]
    assert "could not be saved" not in shown
    assert len(Log(home / "progress").events()) == 1


def test_restored_answers_are_kept_where_they_cannot_be_saved(tmp_path: Path, disk: Disk) -> None:
    log = Log(tmp_path / "here")
    add(log, 0)
    text, other = pack_log(log), Log(tmp_path / "there")
    disk.room = 10
    assert "saved as soon as that is possible" in restore_events(other, text)
    disk.room = None
    other.events()
    assert numbers_on_disk(tmp_path / "there") == [0]


# --- files under their own names -------------------------------------------------------------


def test_a_file_that_could_not_be_written_whole_is_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(the_log(), 0)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CourseError, match="No space left"):
        export_progress(tmp_path / "mine.json")
    (tmp_path / "b.html").write_text("old")
    with pytest.raises(CourseError, match="No space left"):
        write_files(tmp_path, {"a.html": "new", "b.html": "new"}, force=True)
    assert [path.name for path in tmp_path.glob("*.*")] == ["b.html"]
    assert (tmp_path / "b.html").read_text() == "old"


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_never_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "a USB stick has none")

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    write_whole({tmp_path / "a": b"first"}, replace=False)
    with pytest.raises(FileExistsError):
        write_whole({tmp_path / "a": b"second"}, replace=False)
    assert (tmp_path / "a").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def writing_calls(source: str) -> list[int]:
    """Return the lines on which a file is opened for writing."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
        modes = [text for text in texts if isinstance(text, str) and set(text) <= set("wxabt+")]
        if name in ("write_text", "write_bytes", "copyfile", "copy", "copy2", "copytree"):
            lines += [] if name == "copy" and not node.args else [node.lineno]
        elif name in ("open", "fdopen") and any(set(mode) & set("wxa") for mode in modes):
            lines.append(node.lineno)
    return lines


def test_each_file_that_somebody_keeps_is_written_whole(root: Path) -> None:
    assert writing_calls("p.write_text('')\nopen(p, 'x')\nopen(p, 'rb')\np.open()") == [1, 2]
    found = {
        path.relative_to(root / "mali_course").as_posix()
        for path in (root / "mali_course").rglob("*.py")
        if writing_calls(path.read_text(encoding="utf-8"))
    }
    # The others write into a temporary folder, or what is thrown away.
    assert found == {
        "core/whole_files.py", "doctor.py", "kit/export/formats/anki.py", "kit/pdf.py"
    }


# --- a real disk -----------------------------------------------------------------------------

_SCRIPT = """
import json, os, sys
from mali_course.record.log import the_log, log_folder
from mali_course.views.progress_files import export_progress
from mali_course.core.errors import CourseError

fill, free = sys.argv[1], sys.argv[2:] == ["--limit"]

def full():
    if free:
        import resource
        place = log_folder()
        sizes = [path.stat().st_size for path in place.glob("*")]
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(sizes) + 70, resource.RLIM_INFINITY))
    else:
        with open(fill, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 512)
            except OSError:
                pass

def space():
    if free:
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    else:
        os.remove(fill)

told = []
def answer(number):
    event = {"item": "00-15", "event": "answer", "number": number, "response": "x" * 5000}
    problem = the_log().add(event)
    if not problem:
        told.append(number)
    return problem

answer(0)
full()
problems = [answer(number) for number in (1, 2)]
try:
    export_progress(os.path.dirname(fill) + "/mine.json")
    exported = True
except CourseError:
    exported = False
names = os.listdir(os.path.dirname(fill))
left = [name for name in names if "mali" in name or "mine" in name]
space()
answer(3)
full()
answer(4)
space()
print(json.dumps([told, problems, exported, left]))
"""  # and then the kernel ends, with number 4 in memory


def _run(script: str, home: Path, *arguments: str, before: tuple[str, ...] = ()) -> list[Any]:
    done = subprocess.run(
        [*before, sys.executable, "-c", script, *arguments],
        capture_output=True, text=True, check=False,
        env={**os.environ, "MALI_COURSE_HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such limit for a process")
def test_a_kernel_that_the_system_stops_from_writing(tmp_path: Path) -> None:
    """The system itself cuts the line: a limit of the process stands for a full disk."""
    home = tmp_path / "home"
    told, problems, exported, left = _run(_SCRIPT, home, str(tmp_path / "fill"), "--limit")
    assert told == [0, 3]
    assert all(problems)
    assert (exported, left) == (False, [])
    assert numbers_on_disk(home / "progress") == [0, 1, 2, 3, 4]


_IN_SMALL_DISK = """
mount -t tmpfs -o size=64k none "$1" && "$2" -c "$3" "$1/fill" && "$2" -c "
import json
from mali_course.record.log import the_log
print(json.dumps(sorted(event['number'] for event in the_log().events())))"
"""


@pytest.mark.nightly
@pytest.mark.skipif(not shutil.which("unshare"), reason="a small disk of one's own needs unshare")
def test_a_kernel_on_a_really_full_disk(tmp_path: Path) -> None:
    """A disk of 64 kB in memory, which a kernel fills, and a second kernel after it."""
    apart = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--user", "-r", "--mount"]
    if subprocess.run([*apart, "mount", "-t", "tmpfs", "none", str(tmp_path)], check=False,
                      capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a disk here")
    done = subprocess.run(
        [*apart, "sh", "-c", _IN_SMALL_DISK, "sh", str(tmp_path), sys.executable, _SCRIPT],
        capture_output=True, text=True, check=False,
        env={**os.environ, "MALI_COURSE_HOME": str(tmp_path / "home")},
    )
    assert done.returncode == 0, done.stderr
    (told, problems, exported, left), found = map(json.loads, done.stdout.splitlines())
    assert told == [0, 3]
    assert all("No space left" in problem for problem in problems)
    assert (exported, left) == (False, [])
    assert found == [0, 1, 2, 3, 4]


# --- progress files of any size --------------------------------------------------------------


def _long_log(place: Path, count: int, length: int, kind: str = "answer") -> Log:
    log, chance = Log(place), random.Random(count)
    log.add_all([
        {"id": f"{chance.getrandbits(64):016x}", "time": f"2026-11-29T{number:09d}",
         "item": "00-15" if kind == "draft" else chance.choice(bank.items()).id, "event": kind,
         "response": "متن" * chance.randrange(length), "state": "wrong", "score": 0.0, "try": 1}
        for number in range(count)
    ])
    return log


@pytest.mark.parametrize(
    ("count", "length"), [(1, 1), (3_000, 20), (9_000, 150), (30_000, 5), (60_000, 5)]
)
def test_what_is_written_can_be_read_back(tmp_path: Path, count: int, length: int) -> None:
    from mali_course.kit.results.handed_in import read_packed

    log = _long_log(tmp_path / "log", count, length)
    file = tmp_path / "mine.json"
    text = pack_log(log, "Ada")
    file.write_text(text, encoding="utf-8")
    packed = read_packed(file)
    assert not isinstance(packed, str)
    assert (packed.learner, packed.events) == ("Ada", log.events())
    other = Log(tmp_path / "other")
    restore_events(other, text.replace("\n", "\r\n"))  # as an editor may save it
    assert Log(tmp_path / "other").events() == log.events()


def test_old_drafts_give_room_to_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mali_course.record import portable

    log = _long_log(tmp_path, 300, 50, "draft")
    log.add({"item": "00-15", "event": "answer", "response": "x", "time": "2027"})
    monkeypatch.setattr(portable, "_LARGEST_WRITTEN", 2_000)
    events = open_packed(pack_log(log)).events
    assert events == [log.events()[0], log.events()[-1]]
    monkeypatch.setattr(portable, "_LARGEST_WRITTEN", 300)
    with pytest.raises(CourseError, match="too large for one file"):
        pack_log(log)
    reply = progress("00").send_values({}, "download")
    assert reply.file is None or "text" in reply.file


def test_a_packed_file_cannot_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    import zlib
    from base64 import b64encode

    bomb = b64encode(zlib.compress(b"[" + b" " * 50_000_000 + b"]")).decode()
    for packed in (bomb, "no base64", b64encode(b"no zlib").decode(), "", 7):
        text = json.dumps({"format": "mali-course-progress", "version": 2, "packed": packed})
        with pytest.raises(CourseError, match="damaged"):
            open_packed(text)


def test_the_page_sends_as_much_as_is_read(root: Path) -> None:
    from mali_course.record.portable import LARGEST

    script = (root / "mali_course" / "forms" / "page" / "live.js").read_text(encoding="utf-8")
    assert f"const LARGEST_FILE = {LARGEST:_};" in script


def test_a_text_too_long_for_a_line_is_told_and_kept_here(tmp_path: Path) -> None:
    log = Log(tmp_path)
    assert "too long" in add(log, 0, 600_000)
    assert add(log, 1) == ""
    assert [event["number"] for event in log.events()] == [0, 1]
    assert numbers_on_disk(tmp_path) == [1]


# --- no home folder --------------------------------------------------------------------------

_HOMELESS = """
import os, sys
for name in ("HOME", "XDG_DATA_HOME", "MALI_COURSE_HOME", "XDG_CONFIG_HOME"):
    os.environ.pop(name, None)
import pwd
def nobody(number):
    raise KeyError(number)
pwd.getpwuid = nobody  # as in a container that runs with any number
"""


@pytest.mark.skipif(os.name != "posix", reason="on Windows each account has a folder")
@pytest.mark.parametrize("home", ["", 'os.environ["MALI_COURSE_HOME"] = "~/course"'])
def test_without_a_home_all_is_kept_in_memory(tmp_path: Path, home: str) -> None:
    script = _HOMELESS + textwrap.dedent(f"""
        {home}
        import json
        import mali_course as mali
        from mali_course.cli import main
        codes = [main(["doctor"]), main(["start", "--no-browser"])]
        said = mali.ask("00-15").send_values({{"answer": ["b"]}}, "check").status
        form = mali.progress()
        shown = form._repr_mimebundle_()[0]["text/html"] + form.body
        file = form.send_values({{}}, "download").file
        mali.export_progress("mine.json"), mali.restore_progress("mine.json")
        mali.chart("elections"), mali.test(), mali.argue(), mali.check("00-08", 3)
        print(json.dumps([codes, said, shown, file]))
    """)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    codes, said, shown, file = json.loads(done.stdout.splitlines()[-1])
    assert codes == [1, 1]
    assert "JupyterLab needs one" in done.stdout
    assert len(open_packed(file["text"]).events) == 1
    if not home:
        assert "This account has no home folder. It is kept while" in said
        assert "only while this notebook runs" in shown


def test_another_account_may_have_a_home_that_is_not_there() -> None:
    """HOME is often /nonexistent for accounts of services."""
    script = "import mali_course as mali\nprint(mali.ask('00-15').send_values("
    script += "{'answer': ['b']}, 'check').status)"
    home = {"HOME": "/proc/nonexistent", "MALI_COURSE_HOME": ""}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={**os.environ, **home},
    )
    assert "could not be saved on this computer" in done.stdout
