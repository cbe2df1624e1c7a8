"""The tables on the U.N. mission: what they hold adds up and fits the report and its sources."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from mali_course.core.datasets import rows
from mali_course.questions.bank import find

REPORT = "2020-01-17"
CEILING = next(row["value"] for row in rows("report_figures") if row["locator"] == "5.1.1")

RENEWALS = ("2100", "2164", "2227", "2295", "2364", "2423", "2480")


def pick(name: str, **wanted: Any) -> list[dict[str, Any]]:
    """Return the rows whose cells have the wanted values."""
    return [row for row in rows(name) if all(row[key] == wanted[key] for key in wanted)]


def known_deaths(**wanted: Any) -> list[dict[str, Any]]:
    """Return the deaths in the mission up to the day of the report."""
    return pick("mission_deaths", after_report="no", **wanted)


def test_the_ceiling_of_the_report_is_that_of_the_resolution_in_force() -> None:
    ceilings = {row["resolution"][:4]: row for row in rows("mission_mandates")}
    for number in RENEWALS:
        row = ceilings[number]
        assert row["military"] + row["police"] == row["uniformed"], number
    assert ceilings["2391"]["uniformed"] is None
    assert ceilings["2480"]["uniformed"] == CEILING
    days = [row["adopted_on"] for row in rows("mission_mandates")]
    assert days == sorted(days)
    assert days[-1].isoformat() < REPORT < ceilings["2480"]["mandate_until"].isoformat()
    for before, after in pairwise(ceilings[number] for number in RENEWALS):
        assert before["mandate_until"] is None or after["adopted_on"] <= before["mandate_until"]


def test_tasks_belong_to_known_resolutions_and_are_named_first_once() -> None:
    resolutions = [row["resolution"] for row in rows("mission_mandates")]
    assert {row["resolution"] for row in rows("mandate_tasks")} < set(resolutions)
    seen: dict[str, list[str]] = {}
    for row in sorted(rows("mandate_tasks"), key=lambda row: resolutions.index(row["resolution"])):
        assert len(row["task"]) <= 120  # it must stay readable in a narrow window
        seen.setdefault(row["theme"], []).append(row["standing"])
    for theme, standings in seen.items():
        assert standings[0] == "first named", theme
        assert "first named" not in standings[1:], theme


def test_the_priorities_are_those_of_the_report() -> None:
    last = {
        row["theme"]: row["standing"] for row in pick("mandate_tasks", resolution="2480 (2019)")
    }
    assert last == {"the accord": "first priority", "the centre": "second priority"}
    assert not [row for row in rows("mandate_tasks") if "errorist" in row["task"]]


def test_strength_after_the_report_is_marked() -> None:
    for row in rows("mission_strength"):
        later = "yes" if row["as_of"].isoformat() > REPORT else "no"
        assert row["after_report"] == ("unknown" if row["precision"] == "unclear" else later)
    start = {
        r["component"]: r["personnel"] for r in rows("mission_strength") if r["as_of"].year == 2013
    }
    assert start["military"] + start["police"] == start["uniformed"]
    rates = [row["rate_year"] for row in rows("mission_strength") if row["rate_year"]]
    assert rates == sorted(set(rates))
    assert all(row["rate_year"] in (None, row["as_of"].year) for row in rows("mission_strength"))


@pytest.mark.parametrize(
    ("as_of", "component", "ceiling", "share"),
    [("2018-03-31", "military", 13_289, 88.8), ("2020-03-10", "police", 1_920, 90)],
)
def test_shares_of_the_ceiling_are_those_that_the_sources_state(
    as_of: str, component: str, ceiling: int, share: float
) -> None:
    day = datetime.date.fromisoformat(as_of)
    (row,) = pick("mission_strength", as_of=day, component=component)
    assert row["personnel"] / ceiling * 100 == pytest.approx(share, abs=0.15)


def test_deaths_are_those_of_the_list_and_marked_by_the_day_of_the_report() -> None:
    assert len(rows("mission_deaths")) == 311
    assert len(known_deaths()) == 208
    for row in rows("mission_deaths"):
        assert row["year"] == row["incident_on"].year
        assert (row["incident_on"].isoformat() > REPORT) == (row["after_report"] == "yes")
        assert (row["african"] == "yes") == (row["region"] in {"West Africa", "Other Africa"})
    per_country = {
        (row["iso3"], row["nationality"], row["region"]) for row in rows("mission_deaths")
    }
    assert len(per_country) == len({iso3 for iso3, _, _ in per_country}) == 32


def test_african_nationalities_had_the_most_deaths_by_malicious_acts() -> None:
    attacks = known_deaths(cause="malicious act")
    assert len(attacks) == 128
    assert sum(row["african"] == "yes" for row in attacks) == 115
    by_year = Counter(row["year"] for row in attacks)
    assert by_year == {2013: 4, 2014: 28, 2015: 12, 2016: 27, 2017: 24, 2018: 11, 2019: 22}
    top = Counter(row["nationality"] for row in attacks).most_common(4)
    assert top == [("Chad", 53), ("Guinea", 16), ("Niger", 15), ("Burkina Faso", 13)]


def test_published_counts_stand_beside_our_count_of_the_list() -> None:
    for row in rows("mission_death_counts"):
        causes = (
            {"malicious act"}
            if re.search(r"attack|hostile", row["counted"])
            else {r["cause"] for r in rows("mission_deaths")}
        )
        found = [
            r
            for r in rows("mission_deaths")
            if r["incident_on"] <= row["as_of"]
            and r["cause"] in causes
            and ("around Mali" not in row["counted"] or r["african"] == "yes")
            and ("European" not in row["counted"] or r["region"] == "Europe")
            and ("Chad" not in row["counted"] or r["nationality"] == "Chad")
        ]
        assert len(found) == row["in_list"], row["counted"]
        assert abs(row["published"] - row["in_list"]) <= 10


def test_estimates_are_larger_than_the_ceiling_and_mostly_african() -> None:
    total = sum(row["troops_estimate"] for row in rows("contributor_estimates"))
    african = sum(row["troops_estimate"] for row in pick("contributor_estimates", african="yes"))
    assert (total, african) == (20_675, 14_325)
    assert total > CEILING


def test_many_of_the_largest_contingents_are_african() -> None:
    lists = [
        pick("mission_contributors", source_id="BAMADA_MINUSMA_2013"),
        pick("mission_contributors", source_id="ABAMAKO_225229"),
        [{**row, "personnel": row["troops_estimate"]} for row in rows("contributor_estimates")],
    ]
    for found in lists:
        largest = sorted(found, key=lambda row: -row["personnel"])[:8]
        assert 5 <= sum(row["african"] == "yes" for row in largest) < 8


def test_years_without_an_amount_say_so() -> None:
    for row in rows("mission_budget"):
        assert (row["amount_usd"] is None) == (row["status"] == "not found")
        assert row["period_start"] < row["period_end"]
        assert row["period_start"].isoformat() < REPORT


def test_cards_bear_on_sentences_of_the_section() -> None:
    assert [row["card"] for row in rows("mission_evidence")] == list(range(1, 13))
    assert {row["bears_on"] for row in rows("mission_evidence")} == {
        "5.1.2",
        "5.1.3",
        "5.1.4",
        "5.1.5",
    }
    assert all(len(row["says"].split()) <= 30 for row in rows("mission_evidence"))


def test_shares_of_the_dead_get_the_feedback_that_fits_them() -> None:
    slips = {
        "years after the report": pick("mission_deaths", cause="malicious act"),
        "all causes": pick("mission_deaths", after_report="no"),
    }
    for words, found in slips.items():
        share = 100 * sum(row["african"] == "yes" for row in found) / len(found)
        for given in (f"{share:.0f}", f"{share:.1f}", f"{share:.2f}"):
            outcome = find("05-01").grade_response(given)
            assert outcome.state == "wrong"
            assert words in outcome.marks[0].text


@pytest.mark.parametrize(
    "text", ["the Republic of Guinea", "Guinea-Conakry", "It is Guinea.", "Guineans", "Guinea (16)"]
)
def test_a_nationality_is_accepted_in_its_usual_forms(text: str) -> None:
    assert find("05-09").grade_response(text).state == "right"
    assert find("05-09").grade_response("Guinea-Bissau").state == "wrong"
