"""The explorer of the accord: its rows and counts held against the file."""

from __future__ import annotations

import itertools
import re
from collections import Counter

import pytest
from drawn import count_word, drawn_lines, picture_text, spots, table_rows, visible_texts
from matplotlib.lines import Line2D

from mali_course.charts.chart_base import Chart
from mali_course.explorers.gallery.accord import AccordExplorer

STATES = ("not begun", "not done", "begun", "partly", "done", "not stated")
EVERY = table_rows("accord_commitments")


def views() -> list[dict[str, str]]:
    """Return every choice that some commitment fits."""
    owing = ("any", "government", "armed groups", "both")
    pillars = ("any", *dict.fromkeys(row["pillar"] for row in EVERY))
    every = [
        {"owed_by": owed_by, "pillar": pillar, "state": state}
        for owed_by, pillar, state in itertools.product(owing, pillars, ("any", *STATES))
    ]
    return [view for view in every if fitting(view)]


def fitting(view: dict[str, str]) -> list[dict[str, str]]:
    return [
        row for row in EVERY if all(value in ("any", row[name]) for name, value in view.items())
    ]


def signs(shown: Chart) -> dict[str, Line2D]:
    """Return the ring of each state, in the order of the line of counts."""
    rings = drawn_lines(shown, marker="o", markersize=15)
    rings.sort(key=lambda ring: spots(ring)[0])
    return dict(zip(STATES, rings, strict=True))


@pytest.fixture(scope="module")
def tracker() -> AccordExplorer:
    return AccordExplorer()


def test_every_view_counts_as_the_file_does(tracker: AccordExplorer) -> None:
    for view in views():
        shown, rows = tracker.view(view), fitting(view)
        counts = Counter(row["state"] for row in rows)
        assert len(shown.sources) == len({row["source_id"] for row in rows})
        assert Counter(row[0] for row in shown.table.rows) == Counter(
            row["commitment"] for row in rows
        )
        states = {row["commitment"]: row["state"] for row in rows}
        assert [row[3] for row in shown.table.rows] == [states[row[0]] for row in shown.table.rows]
        if len(rows) == 1:
            assert rows[0]["commitment"] in shown.reading
            assert rows[0]["said_by"] in shown.reading
            assert f"state was: {rows[0]['state']}." in shown.reading
            continue
        told = re.search(r"named in the rows: (.*?)\.", shown.reading)
        assert told
        said = dict(reversed(one.split(" ", 1)) for one in re.split(", | and ", told[1]))
        assert said == {state: count_word(count) for state, count in counts.items()}, view
        if view["state"] == "any":
            assert f"{counts['done']} of {len(rows)} done" in shown.title
        else:
            assert f"{len(rows)} of {len(EVERY)}" in shown.title


def test_the_first_view_compares_the_sides(tracker: AccordExplorer) -> None:
    reading = tracker.view({}).reading.lower()
    for side, phrase in (
        ("government", "owed only by the government"),
        ("armed groups", "owed only by the armed groups"),
        ("both", "owed by both sides"),
    ):
        states = [row["state"] for row in EVERY if row["owed_by"] == side]
        done = states.count("done")
        words = count_word(done) if done else "none"
        assert f"{count_word(len(states))} {phrase}, of which {words} done" in reading


def test_the_picture_says_what_the_table_says(tracker: AccordExplorer) -> None:
    for view in ({}, {"pillar": "security"}, {"owed_by": "both", "state": "partly"}):
        shown = tracker.view(view)
        rows = fitting(view)
        seen = picture_text(shown)
        for row in rows:
            assert row["commitment"] in seen
            assert row["done_by_january_2020"] in seen
            assert f"Says: {row['said_by']}" in seen
        # Colour is not the only sign: each state has its word, once above and once a row.
        names = Counter(text.get_text() for text in visible_texts(shown))
        for state in STATES:
            assert names[state] == 1 + sum(row["state"] == state for row in rows)


def test_every_state_has_a_sign_of_its_own_and_as_many_as_rows(tracker: AccordExplorer) -> None:
    for view in ({}, {"pillar": "security"}, {"owed_by": "armed groups"}):
        shown = tracker.view(view)
        counts = Counter(row["state"] for row in fitting(view))
        looks = set()
        for state, ring in signs(shown).items():
            assert len(spots(ring)) == 1 + counts[state]
            inside = {
                str(line.get_marker())
                for line in drawn_lines(shown)
                if line.get_markersize() < 15 and spots(line)[:1] == spots(ring)[:1]
            }
            white = ring.get_markerfacecolor() == "white"
            looks.add((ring.get_fillstyle(), white, *inside))
        assert len(looks) == len(STATES)


def test_nothing_in_the_file_is_shown_by_no_choice(tracker: AccordExplorer) -> None:
    for control in tracker.controls:
        assert {row[control.name] for row in EVERY} <= {value for value, _ in control.options}
