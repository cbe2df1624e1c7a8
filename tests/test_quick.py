"""Libraries come and charts are drawn without pauses, and the collector works again afterwards."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from mali_course.core.libraries import imported, uninterrupted

_COUNT = """
import gc, importlib
runs = []
gc.callbacks.append(lambda phase, info: runs.append(info["generation"]) if phase == "stop" else 0)
{bring}
print(len(runs))
"""


def collections(bring: str) -> int:
    """Return how often the collector runs while a fresh Python brings a library."""
    done = subprocess.run(
        [sys.executable, "-c", _COUNT.format(bring=bring)],
        capture_output=True, text=True, check=True,
    )
    return int(done.stdout)


def test_a_library_comes_with_hardly_a_pause() -> None:
    usual = collections("importlib.import_module('matplotlib.figure')")
    ours = collections("import mali_course.core.libraries as q; q.imported('matplotlib.figure')")
    assert ours * 10 < usual


def test_the_objects_of_a_library_are_set_aside_and_what_a_learner_drops_later_is_freed() -> None:
    script = """
import gc, weakref
from mali_course.core.libraries import imported

class Dropped:
    def __init__(self):
        self.itself = self

imported("matplotlib.figure")
print(gc.get_freeze_count() > 50_000)
seen = weakref.ref(Dropped())
imported("mali_course.charts.gallery.elections")
gc.collect()
print(seen() is None)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True"]


def test_the_collector_works_again_after_a_library_that_is_not_there() -> None:
    with pytest.raises(ModuleNotFoundError):
        imported("no_such_library")
    assert gc.isenabled()


def test_a_collector_that_the_learner_has_stopped_stays_stopped() -> None:
    gc.disable()
    try:
        with uninterrupted():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
