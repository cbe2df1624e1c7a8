"""A large library comes once, without pauses, and the garbage collector works again afterwards."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from mali_course.core.libraries import imported


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
