"""The report's own sentences beside the digest, where a learner has brought them."""

from __future__ import annotations

from collections.abc import Mapping

from mali_course.core.content import read_csv
from mali_course.original.fingerprints import fingerprints
from mali_course.original.kept import keep_originals, originals, own_file


def test_made_up_sentences_stand_for_the_real_ones(made_up_report: Mapping[str, str]) -> None:
    real = read_csv("report/fingerprints.csv")
    assert [one.locator for one in fingerprints()] == [row["locator"] for row in real]
    assert [len(one.words) for one in fingerprints()] == [len(r["words"].split()) for r in real]
    assert not {one.whole for one in fingerprints()} & {row["whole"] for row in real}
    path = own_file()
    assert path
    keep_originals(made_up_report, path)
    assert dict(originals()) == dict(made_up_report)


def test_without_them_the_fingerprints_are_the_real_ones() -> None:
    real = [row["whole"] for row in read_csv("report/fingerprints.csv")]
    assert [one.whole for one in fingerprints()] == real
