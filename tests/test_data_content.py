"""The tables and map layers: registry and files agree, sources resolve, and the numbers add up."""

from __future__ import annotations

import csv
import datetime
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from mali_course.core.content import data_files, data_path, read_csv, read_toml
from mali_course.core.datasets import Column, Dataset, dataset, dataset_names, rows, source
from mali_course.core.dates import PartialDate
from mali_course.core.errors import CourseError
from mali_course.core.lessons import lessons
from mali_course.core.schema import read
from mali_course.views.lesson_lists import sources

REPORT = "2020-01-17"
REPORT_DAY = PartialDate(REPORT)
SOURCE_COLUMNS = (
    "source_id",
    "publisher",
    "title",
    "url",
    "version_or_date",
    "licence",
    "retrieved_on",
    "read",
    "notes",
)
# What a cell must look like, stricter than what the engine accepts: int() would take "1_000".
CELL = {
    "integer": re.compile(r"-?\d+"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "partial_date": re.compile(r"\d{4}(-\d{2}){0,2}"),
    "text": re.compile(r"\S(.*\S)?"),
}
CATEGORIES = [
    (name, column.name)
    for name in dataset_names()
    for column in dataset(name).columns
    if column.values
]


def pick(name: str, **wanted: Any) -> list[dict[str, Any]]:
    """Return the rows whose cells have the wanted values."""
    return [row for row in rows(name) if all(row[key] == wanted[key] for key in wanted)]


def one(name: str, **wanted: Any) -> dict[str, Any]:
    """Return the single row whose cells have the wanted values."""
    found = pick(name, **wanted)
    assert len(found) == 1, f"{name}: {len(found)} rows with {wanted}"
    return found[0]


# --- registry and files ---------------------------------------------------------------------


def test_every_table_belongs_to_a_lesson() -> None:
    assert {name for lesson in lessons() for name in lesson.data} == set(dataset_names())


def test_a_fault_in_the_registry_is_a_plain_sentence() -> None:
    table = dict(read_toml("datasets/towns.toml"))
    with pytest.raises(CourseError, match=r"towns\.toml, field 'licence': expected a text"):
        read(Dataset, {k: v for k, v in table.items() if k != "licence"}, "towns.toml")
    with pytest.raises(CourseError, match=r"towns\.toml, field 'key': expected names of columns"):
        read(Dataset, table | {"key": ["town", "village"]}, "towns.toml")
    column = {"name": "town", "type": "txt", "meaning": "Its name."}
    with pytest.raises(CourseError, match=r"column 1, field 'type': expected one of integer,"):
        read(Dataset, table | {"column": [column] * 2}, "towns.toml")


def test_a_cell_outside_of_its_values_is_refused() -> None:
    column = Column(name="set", type="text", meaning="Why.", blank=True, values=("extra", "course"))
    assert column.read_cell("extra") == "extra"
    assert column.read_cell("") == ""
    with pytest.raises(ValueError, match="none of the values"):
        column.read_cell("other")


def test_every_file_is_registered() -> None:
    registered = {dataset(name).file for name in dataset_names()}
    stored = {f"sets/{file.name}" for file in data_files("sets", ".csv")} | {"geo/towns.csv"}
    assert registered == stored


@pytest.mark.parametrize("name", dataset_names())
def test_registry_and_file_have_the_same_columns(name: str) -> None:
    about = dataset(name)
    with data_path(about.file).open(encoding="utf-8", newline="") as file:
        header, *lines = list(csv.reader(file))
    assert header == [column.name for column in about.columns]
    assert {"source_id", "note"} <= set(header)
    assert lines, "no rows"
    assert all(len(line) == len(header) for line in lines)


@pytest.mark.parametrize("name", dataset_names())
def test_every_cell_fits_its_column(name: str) -> None:
    about = dataset(name)
    for number, cells in enumerate(read_csv(about.file), start=2):
        for column in about.columns:
            cell = cells[column.name]
            where = f"{about.file}, line {number}, {column.name}: {cell!r}"
            if cell:
                assert CELL[column.type].fullmatch(cell), where
                assert cell.lower() not in {"na", "nan", "none", "null", "-", "?"}, where
            else:
                assert column.blank, where


@pytest.mark.parametrize("name", dataset_names())
def test_columns_that_may_be_blank_are_and_say_why(name: str) -> None:
    for column in dataset(name).columns:
        if column.blank:
            assert "lank" in column.meaning, f"{name}.{column.name} does not say why it is blank"
            assert any(row[column.name] in (None, "") for row in rows(name)), (
                f"{name}.{column.name} is never blank"
            )


@pytest.mark.parametrize("name", dataset_names())
def test_the_key_names_each_row_once(name: str) -> None:
    about = dataset(name)
    assert about.key
    keys = Counter(tuple(row[part] for part in about.key) for row in rows(name))
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize(("name", "column"), CATEGORIES)
def test_categories_are_those_that_are_explained(name: str, column: str) -> None:
    about = next(each for each in dataset(name).columns if each.name == column)
    assert {row[column] for row in rows(name)} == {*about.values, *([""] if about.blank else [])}
    if column in {"measure", "status", "kind", "set", "counted_by"}:
        assert all(value in about.meaning for value in about.values)


@pytest.mark.parametrize("name", dataset_names())
def test_the_registry_entry_is_complete(name: str) -> None:
    about = dataset(name)
    sentences = {row["locator"] for row in read_csv("report/outline.csv")}
    assert about.title
    assert about.licence
    assert about.question.endswith("?")
    assert about.cites
    assert set(about.cites) <= sentences
    assert all(column.type in CELL and column.meaning for column in about.columns)
    assert set(about.essay) == {"holds", "collected", "how", "uncertain"}
    for part, text in about.essay.items():
        count = len(re.findall(r"[.?!](?= [A-Z`]|$)", text))
        assert 2 <= count <= 5, f"{name}, {part}: {count} sentences"
        for table in re.findall(r"`([a-z_0-9]+)`", text):
            assert table in dataset_names(), f"{name}, {part}: no table {table}"


# --- sources --------------------------------------------------------------------------------

# An id in running text, such as HDX_DTM_R60.
IN_TEXT = re.compile(r"\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b")


def cited() -> Iterator[str]:
    """Yield each source id that a row, an essay or the README of the maps names."""
    for name in dataset_names():
        yield from dataset(name).source_ids
        for row in rows(name):
            for cell in row.values():
                yield from IN_TEXT.findall(cell) if isinstance(cell, str) else ()
        for text in dataset(name).essay.values():
            yield from IN_TEXT.findall(text)
    yield from IN_TEXT.findall(data_path("geo/README.md").read_text(encoding="utf-8"))


def test_every_source_resolves_and_every_entry_is_used() -> None:
    for source_id in cited():
        assert source(source_id).source_id == source_id
    assert sorted(set(cited())) == [row["source_id"] for row in read_csv("sources.csv")]


def test_entries_of_the_bibliography_are_complete() -> None:
    for row in read_csv("sources.csv"):
        assert tuple(row) == SOURCE_COLUMNS
        assert all(row[field] for field in SOURCE_COLUMNS if field != "notes"), row["source_id"]
        assert row["url"].startswith(("https://", "http://"))
        datetime.date.fromisoformat(row["retrieved_on"])
        assert row["read"] in {"whole", "section", "excerpt"}, row["source_id"]
        # Whether it was read whole is told in one place.
        assert "excerpt" not in row["notes"], row["source_id"]


# --- displacement ---------------------------------------------------------------------------


def yearly(measure: str, counted_by: str = "UNHCR") -> dict[int, int]:
    found = pick("displacement_by_year", measure=measure, counted_by=counted_by)
    return {row["year"]: row["persons"] for row in found}


def test_series_have_no_gap_and_no_zero() -> None:
    assert list(yearly("refugees")) == list(range(2009, 2026))
    assert list(yearly("asylum_seekers")) == list(range(2009, 2026))
    for counted_by in ("UNHCR", "IDMC"):
        assert list(yearly("internally_displaced", counted_by)) == list(range(2012, 2026))
    for name in ("displacement_by_year", "displacement_points", "refugees_by_country"):
        assert all(row["persons"] > 0 for row in rows(name))


def test_totals_are_the_sums_of_the_countries() -> None:
    for year in range(2012, 2021):
        countries = pick("refugees_by_country", year=year)
        total = one("displacement_by_year", year=year, measure="refugees", counted_by="UNHCR")
        assert sum(row["persons"] for row in countries) == total["persons"]
        assert total["note"] == f"sum of {len(countries)} countries of asylum"


def test_idmc_is_rounded_to_thousands() -> None:
    assert all(persons % 1000 == 0 for persons in yearly("internally_displaced", "IDMC").values())


def test_neighbours_are_those_of_the_map() -> None:
    marked = {row["iso3"] for row in pick("refugees_by_country", neighbour="yes")}
    near = {
        feature["properties"]["iso_a3"]
        for feature in layer("sahel_countries")
        if feature["properties"]["role"] == "neighbour"
    }
    assert len(near) == 7
    # Senegal has a border with Mali but no figure for these years.
    assert near - marked == {"SEN"}
    assert marked <= near
    assert not {row["iso3"] for row in pick("refugees_by_country", neighbour="no")} & near


def test_points_of_regional_updates_add_up() -> None:
    for day in ("2019-09-12", "2019-10-28"):
        row = one(
            "displacement_points",
            as_of=datetime.date.fromisoformat(day),
            measure="refugees_bfa_mrt_ner",
        )
        parts = [int(text.replace(",", "")) for text in re.findall(r"\d+,\d{3}", row["note"])[:3]]
        assert sum(parts) == row["persons"]


def test_month_ends_are_declared() -> None:
    for row in rows("displacement_points"):
        if "last day" in row["note"]:
            assert (row["as_of"] + datetime.timedelta(days=1)).day == 1
        assert (row["as_of"].isoformat() > REPORT) == ("after the report" in row["note"])


# --- elections ------------------------------------------------------------------------------

FINAL = [(f"{year}_presidential", number) for year in (2013, 2018) for number in (1, 2)]


@pytest.mark.parametrize(("election", "number"), FINAL)
def test_votes_add_up(election: str, number: int) -> None:
    turnout = one("elections_turnout", election=election, round=number, status="final")
    results = pick("elections_results", election=election, round=number, status="final")
    assert {row["date"] for row in results} == {turnout["date"]}
    assert turnout["turnout_percent"] == pytest.approx(
        100 * turnout["voters"] / turnout["registered"], abs=0.0051
    )
    annulled = re.search(r"(\d+) more votes were annulled", turnout["note"])
    valid = turnout["voters"] - (turnout["invalid"] or 0) - (int(annulled[1]) if annulled else 0)
    assert turnout["valid"] in (None, valid)
    assert len(results) == 2
    if turnout["invalid"] is None:  # of the run-off of 2018 the page has a rough number
        return
    counted = [row for row in results if row["votes"] is not None]
    for row in counted:
        assert row["share_percent"] == pytest.approx(100 * row["votes"] / valid, abs=0.0051)
    votes = sum(row["votes"] for row in counted)
    assert votes == valid if number == 2 else votes < valid


@pytest.mark.parametrize("election", ["2013_presidential", "2018_presidential"])
@pytest.mark.parametrize("status", ["final", "provisional"])
def test_shares_of_a_run_off_make_a_hundred(election: str, status: str) -> None:
    results = pick("elections_results", election=election, round=2, status=status)
    assert len(results) == 2
    assert sum(row["share_percent"] for row in results) == pytest.approx(100, abs=0.011)


def test_disagreements_on_turnout_are_kept() -> None:
    found = pick("elections_turnout", election="2018_presidential", round=2)
    assert sorted(row["turnout_percent"] for row in found) == [34.42, 34.54]


# --- foreign missions -----------------------------------------------------------------------


def test_ends_after_the_report_are_marked() -> None:
    for row in rows("foreign_missions"):
        assert row["start"] < row["end"]
        assert row["start"].precision == row["end"].precision == "day"
        assert (row["end_known_in_january_2020"] == "yes") == (row["end"] <= REPORT_DAY)
        late = row["strength_as_of"] is not None and row["strength_as_of"] > REPORT_DAY
        assert late == ("after the report" in row["note"])


def test_rows_of_a_mission_agree_on_its_dates() -> None:
    same = ("led_by", "start", "end", "end_known_in_january_2020", "dates_from")
    for mission in {row["mission"] for row in rows("foreign_missions")}:
        found = pick("foreign_missions", mission=mission)
        assert len({tuple(row[part] for part in same) for row in found}) == 1
        assert len(found[0]["dates_from"].split("; ")) == 2


def test_four_were_there_on_the_day_of_the_report() -> None:
    there = {
        row["mission"]
        for row in rows("foreign_missions")
        if row["start"] <= REPORT_DAY < row["end"]
    }
    assert there == {"MINUSMA", "Operation Barkhane", "EUTM Mali", "G5 Sahel Joint Force"}


def test_afisma_had_outgrown_its_plan_when_it_was_replaced() -> None:
    found = {row["kind"]: row for row in pick("foreign_missions", mission="AFISMA")}
    assert str(found["deployed"]["strength_as_of"]) == f"{found['deployed']['end'].year}-06"
    assert found["deployed"]["strength"] > found["planned"]["strength"]


def test_sums_of_military_and_police_are_as_noted() -> None:
    checked = 0
    for row in pick("foreign_missions", mission="MINUSMA"):
        found = re.search(r"([\d,]+) military and ([\d,]+) police", row["note"])
        if found:
            assert sum(int(part.replace(",", "")) for part in found.groups()) == row["strength"]
            checked += 1
    assert checked == 2


# --- the five states ------------------------------------------------------------------------


def test_g5_indicators_have_one_label_one_unit_and_one_source() -> None:
    facts = {(r["indicator"], r["label"], r["unit"], r["source_id"]) for r in rows("g5_indicators")}
    assert len(facts) == len({indicator for indicator, *_ in facts}) == 8
    assert len({(r["iso3"], r["country"]) for r in rows("g5_indicators")}) == 5
    assert {row["year"] for row in rows("g5_indicators")} == set(range(2000, 2025))


def test_no_figure_is_not_shown_as_zero() -> None:
    assert all(row["value"] > 0 for row in rows("g5_indicators"))
    displaced = {(r["iso3"], r["year"]) for r in pick("g5_indicators", indicator="idps_in_country")}
    assert not [key for key in displaced if key[0] == "MRT"]
    assert ("TCD", 2014) not in displaced
    assert ("MLI", 2011) not in displaced


@pytest.mark.parametrize(
    ("indicator", "measure"),
    [("idps_in_country", "internally_displaced"), ("refugees_from_country", "refugees")],
)
def test_g5_figures_of_mali_are_those_of_the_other_table(indicator: str, measure: str) -> None:
    found = {r["year"]: r["value"] for r in pick("g5_indicators", iso3="MLI", indicator=indicator)}
    assert found == {year: n for year, n in yearly(measure).items() if year <= 2024}


def test_shares_are_shares() -> None:
    for row in rows("g5_indicators"):
        if row["unit"].startswith("percent"):
            assert row["value"] < 100
    for edition in {row["edition"] for row in rows("country_facts")}:
        for fact in ("age_share", "ethnic_group_share", "language_share", "religion_share"):
            found = pick("country_facts", fact=fact, edition=edition)
            total = sum(row["value"] or 0 for row in found)
            # Editions round, so a total can miss 100 by a little.
            assert total == pytest.approx(100, abs=0.35), (fact, edition, total)


def test_land_and_water_make_the_area() -> None:
    for edition in {row["edition"] for row in rows("country_facts")}:
        area = {
            r["subgroup"]: r["value"] for r in pick("country_facts", fact="area", edition=edition)
        }
        assert area["land"] + area["water"] == area["total"]


# --- the figures of the report against open data --------------------------------------------


def figure(item: str) -> dict[str, Any]:
    found = [row for row in rows("report_figures") if item in row["item"]]
    assert len(found) == 1
    return found[0]


def numbers(text: str) -> list[int]:
    """Return the numbers with grouped thousands in a text."""
    return [int(found.replace(",", "")) for found in re.findall(r"\d{1,3}(?:,\d{3})+", text)]


def test_all_figures_of_the_report_are_there() -> None:
    assert len(rows("report_figures")) == 12
    for row in rows("report_figures"):
        assert row["source_id"] == "CRS_2020_01"
        assert row["check_dataset"] in ("", *dataset_names())
        assert (row["value"] is None) == (row["unit"] == "")


def test_figures_stand_in_their_sentences() -> None:
    gists = {row["locator"]: row["gist"] for row in read_csv("report/outline.csv")}
    words = {3: "three", 5: "five"}
    for row in rows("report_figures"):
        value, gist = row["value"], gists[row["locator"]].lower()
        if value is None:
            assert "texas" in gist
        elif row["unit"] == "usd":
            assert f"${value // 1_000_000} million" in gist
        else:
            assert f"{value:,}" in gist or words.get(value, "?") in gist, row["item"]


def test_over_201000_fits_the_count_of_november_2019() -> None:
    row = figure("internally displaced")
    count = one("displacement_points", as_of=datetime.date(2019, 11, 30), measure="idps_in_mali")[
        "persons"
    ]
    assert row["qualifier"] == "over"
    assert row["value"] < count < row["value"] + 1000
    assert numbers(row["check_text"]) == [count]


def test_nearly_139000_fits_autumn_2019_and_the_gap_to_year_end_is_stated() -> None:
    row = figure("refugees in neighbouring countries")
    autumn = [
        point["persons"]
        for point in pick("displacement_points", measure="refugees_bfa_mrt_ner")
        if "2019-09" <= point["as_of"].isoformat() <= REPORT
    ]
    assert row["qualifier"] == "nearly"
    assert autumn
    assert all(row["value"] - 300 < persons < row["value"] for persons in autumn)
    three = sum(
        one("refugees_by_country", year=2019, iso3=iso3)["persons"]
        for iso3 in ("BFA", "MRT", "NER")
    )
    near = sum(n["persons"] for n in pick("refugees_by_country", year=2019, neighbour="yes"))
    assert numbers(row["check_text"]) == [*autumn, three]
    assert numbers(row["note"]) == [three - row["value"], row["value"]]
    essay = dataset("refugees_by_country").essay["uncertain"]
    assert f"{three:,}" in essay
    assert f"{near:,}" in essay


def test_roughly_double_depends_on_the_months() -> None:
    counts = {r["as_of"]: r["persons"] for r in pick("displacement_points", measure="idps_in_mali")}
    idps = yearly("internally_displaced")
    late = counts[datetime.date(2019, 11, 30)]
    # A year before the count of November 2019 lies between these two; there is none for November.
    assert datetime.date(2018, 11, 30) not in counts
    assert late / idps[2018] < 2 < late / counts[datetime.date(2018, 9, 30)]
    assert idps[2019] / idps[2018] == pytest.approx(1.727, abs=0.0005)
    assert idps[2019] < idps[2013]


def test_french_troops_in_mali_are_fewer_than_in_the_whole_operation() -> None:
    row = figure("French troops")
    january = PartialDate("2020-01")
    found = pick("foreign_missions", mission="Operation Barkhane", strength_as_of=january)
    strengths = {"Mali" in r["note"]: r["strength"] for r in found}
    assert strengths[True] == row["value"] < strengths[False]
    assert numbers(row["check_text"]) == [strengths[False]]


def test_the_ceiling_of_minusma_is_military_and_police() -> None:
    row = figure("authorised uniformed")
    ceiling = one("foreign_missions", mission="MINUSMA", kind="ceiling")["strength"]
    military, police, together = numbers(row["check_text"])
    assert military + police == together == row["value"] == ceiling


def test_texas_is_the_comparison_of_the_factbook() -> None:
    texts = {row["text"] for row in pick("country_facts", fact="area_comparison")}
    assert len(texts) == 1
    assert texts.pop() in figure("Texas")["check_text"]


def test_amounts_in_dollars_fit_their_checks() -> None:
    bilateral = figure("bilateral aid")
    assert round(numbers(bilateral["check_text"])[0], -6) == bilateral["value"]
    million = {
        item: float(found[1])
        for item in ("humanitarian assistance", "military aid")
        if (found := re.search(r"([\d.]+) million", figure(item)["check_text"]))
    }
    assert round(million["humanitarian assistance"]) == figure("humanitarian")["value"] / 1e6
    # A part and a whole: these checks can only refute.
    assert million["military aid"] <= figure("military aid")["value"] / 1e6
    assert figure("MINUSMA budget")["value"] < numbers(figure("MINUSMA budget")["check_text"])[0]


def test_counts_of_people_fit_their_checks() -> None:
    words = {3: "three", 5: "five"}
    for item in ("Mali Executive Order", "travel restrictions"):
        assert words[figure(item)["value"]] in figure(item)["check_text"]
    siege = figure("hotel siege")
    others = {
        int(found) for found in re.findall(r"\b\d\d\b(?= (?:hostages|dead))", siege["check_text"])
    }
    assert others == {siege["value"] + 1}
    assert "difference" in siege["note"]


def test_votes_for_keita_fell_between_the_run_offs_and_not_between_the_first_rounds() -> None:
    votes, shares = {}, {}
    for row in rows("elections_results"):
        key = row["election"][:4], row["round"], row["party"], row["status"]
        votes[key], shares[key] = row["votes"], row["share_percent"]
    assert votes["2018", 2, "RPM", "final"] < votes["2013", 2, "RPM", "final"]
    assert votes["2018", 1, "RPM", "final"] > votes["2013", 1, "RPM", "provisional"]
    margins = [
        shares[year, 2, "RPM", "final"] - shares[year, 2, "URD", "final"]
        for year in ("2013", "2018")
    ]
    assert margins[1] < margins[0]


@pytest.mark.parametrize("name", dataset_names())
def test_numbers_in_an_essay_stand_in_a_table(name: str) -> None:
    known: set[float] = {71_000}  # for Chad in 2014; left out of the table, named in its essay
    for table in dataset_names():
        for row in rows(table):
            known |= {round(n, 2) for n in row.values() if isinstance(n, int | float)}
            known |= set(numbers(row["note"]))
            known |= {float(found) for found in re.findall(r"\d+\.\d+", row["note"])}
    neighbours = {n["iso3"]: n["persons"] for n in pick("refugees_by_country", year=2019)}
    three = sum(neighbours[iso3] for iso3 in ("BFA", "MRT", "NER"))
    known |= {three, three + sum(neighbours[iso3] for iso3 in ("CIV", "DZA", "GIN"))}
    for text in dataset(name).essay.values():
        decimals = {float(found) for found in re.findall(r"(?<![\d.])\d+\.\d+(?![\d.])", text)}
        assert set(numbers(text)) <= known
        assert decimals <= known


# --- the crisis of 2011 to 2013 -------------------------------------------------------------


def test_events_are_in_order_and_have_at_least_a_month() -> None:
    dates = [row["date"] for row in rows("crisis_events")]
    assert dates == sorted(dates)
    assert (dates[0].year, dates[-1].year) == (2011, 2013)
    assert "year" not in {date.precision for date in dates}


def test_points_of_events_are_those_of_the_towns() -> None:
    towns = {town["name"]: (town["lon"], town["lat"]) for town in rows("towns")}
    for row in rows("crisis_events"):
        assert (row["lon"], row["lat"]) == towns.get(row["place"], (None, None)), row["event"]


def test_relations_join_actors_that_are_described() -> None:
    known = {row["abbreviation"] for row in rows("actors")}
    ends = {row[end] for row in rows("actor_relations") for end in ("actor", "target")}
    assert ends == known
    for row in rows("actor_relations"):
        assert not row["until"] or row["since"].year <= row["until"].year


def test_a_coalition_and_no_single_party_had_the_majority() -> None:
    final = {row["party"]: row for row in pick("legislative_seats", as_published="final")}
    total = final["RPM"]["seats_total"]
    assert sum(row["seats"] for row in final.values()) == total
    assert final["RPM"]["seats"] < total / 2 < final["RPM"]["seats"] + final["ADEMA-PASJ"]["seats"]
    early = {row["party"]: row for row in pick("legislative_seats", as_published="provisional")}
    whole = early["All parties supporting the president"]["seats"]
    assert early["RPM"]["seats"] < total / 2 < whole


def test_areas_are_those_of_the_outlines() -> None:
    squeeze = 1 / 298.257223563
    e2 = squeeze * (2 - squeeze)
    e = math.sqrt(e2)

    def northing(lat: float) -> float:
        s = math.sin(math.radians(lat))
        return (1 - e2) * (s / (1 - e2 * s * s) + math.atanh(e * s) / e) / 2

    areas = {row["name"]: row["area_km2"] for row in rows("region_areas")}
    for feature in layer("mali_admin1"):
        rings = [ring for polygon in polygons(feature) for ring in polygon]
        flat = [[[math.radians(lon), northing(lat)] for lon, lat in ring] for ring in rings]
        area = 6378.137**2 * sum(signed_area(ring) for ring in flat)
        assert areas[feature["properties"]["name"]] == pytest.approx(area, abs=0.6)


def test_the_north_is_nearly_a_fifth_larger_than_texas() -> None:
    north = sum(row["area_km2"] for row in pick("region_areas", part="north"))
    mali = sum(row["area_km2"] for row in pick("region_areas", how="computed"))
    texas = one("region_areas", how="published")["area_km2"]
    assert north / texas == pytest.approx(1.184, abs=0.0005)
    assert north / mali == pytest.approx(0.658, abs=0.0005)
    (total,) = {row["value"] for row in pick("country_facts", fact="area", subgroup="total")}
    assert mali / total == pytest.approx(1.010, abs=0.0005)


# --- maps -----------------------------------------------------------------------------------

LAYERS = {  # west, east, south, north
    "mali_admin1": (-12.3, 4.3, 10.1, 25.1),
    "sahel_countries": (-19.0, 26.0, 2.0, 38.0),
    "niger_river": (-19.0, 26.0, 2.0, 38.0),
    "lakes": (-19.0, 26.0, 2.0, 38.0),
}
WHOLE = (-19.0, 27.5, 1.6, 38.0)
Ring = list[list[float]]


@cache
def layer(name: str) -> list[dict[str, Any]]:
    content = json.loads(data_path(f"geo/{name}.geojson").read_text(encoding="utf-8"))
    assert content["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = content["features"]
    return found


def polygons(feature: dict[str, Any]) -> list[list[Ring]]:
    geometry = feature["geometry"]
    found = geometry["coordinates"]
    return found if geometry["type"] == "MultiPolygon" else [found]


def signed_area(ring: Ring) -> float:
    """Return the area of a ring in square degrees; positive when it runs counter-clockwise."""
    return math.fsum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def inside(lon: float, lat: float, feature: dict[str, Any]) -> bool:
    """Tell whether a point lies in a feature: a ray to the east crosses its rings oddly often."""
    crossings = 0
    for polygon in polygons(feature):
        for ring in polygon:
            for (x1, y1), (x2, y2) in pairwise(ring):
                crosses = (y1 > lat) != (y2 > lat)
                if crosses and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
                    crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize("name", LAYERS)
def test_coordinates_lie_inside_the_frame(name: str) -> None:
    for feature in layer(name):
        # Whole countries may reach out of the frame; those that are cut may not.
        whole = feature["properties"].get("role") == "region"
        west, east, south, north = WHOLE if whole else LAYERS[name]
        geometry = feature["geometry"]
        lines = (
            [ring for polygon in polygons(feature) for ring in polygon]
            if "Polygon" in geometry["type"]
            else geometry["coordinates"]
            if geometry["type"] == "MultiLineString"
            else [geometry["coordinates"]]
        )
        for lon, lat in (point for line in lines for point in line):
            assert west <= lon <= east, (name, feature["properties"]["name"], lon)
            assert south <= lat <= north, (name, feature["properties"]["name"], lat)
            assert round(lon, 3) == lon
            assert round(lat, 3) == lat


@pytest.mark.parametrize("name", ["mali_admin1", "sahel_countries", "lakes"])
def test_rings_are_closed_and_run_the_right_way(name: str) -> None:
    for feature in layer(name):
        for outer, *holes in polygons(feature):
            for ring in (outer, *holes):
                assert ring[0] == ring[-1], feature["properties"]["name"]
                assert len(ring) >= 4
            assert signed_area(outer) > 0, feature["properties"]["name"]
            assert all(signed_area(hole) < 0 for hole in holes), feature["properties"]["name"]


@pytest.mark.parametrize(
    ("name", "count"),
    [("mali_admin1", 9), ("sahel_countries", 35), ("niger_river", 8), ("lakes", 6)],
)
def test_features_have_names_of_their_own(name: str, count: int) -> None:
    found = [feature["properties"]["name"] for feature in layer(name)]
    assert len(set(found)) == len(found) == count
    assert f"`{name}.geojson`" in data_path("geo/README.md").read_text(encoding="utf-8")


def test_regions_fill_mali() -> None:
    mali = next(f for f in layer("sahel_countries") if f["properties"]["role"] == "mali")

    def area(feature: dict[str, Any]) -> float:
        return sum(signed_area(ring) for polygon in polygons(feature) for ring in polygon)

    regions = sum(area(feature) for feature in layer("mali_admin1"))
    assert regions == pytest.approx(area(mali), rel=1e-9)


def test_labels_of_regions_lie_in_them() -> None:
    for feature in layer("mali_admin1"):
        about = feature["properties"]
        assert inside(about["label_lon"], about["label_lat"], feature), about["name"]


def test_towns_lie_in_their_region_and_country() -> None:
    regions = {feature["properties"]["name"]: feature for feature in layer("mali_admin1")}
    countries = {feature["properties"]["name"]: feature for feature in layer("sahel_countries")}
    for town in rows("towns"):
        spot = town["lon"], town["lat"]
        assert town["country"] in countries
        if town["country"] == "Mali":
            assert inside(*spot, regions[town["region"]]), town["name"]
            assert inside(*spot, countries["Mali"]), town["name"]
        elif town["name"] not in {"Conakry", "Dakar"}:  # on a cape that simplifying cut off
            assert inside(*spot, countries[town["country"]]), town["name"]
        assert (town["region"] == "") == (town["set"] == "capital")


def test_stand_ins_are_marked() -> None:
    approx = pick("towns", approx="yes")
    assert [town["name"] for town in approx] == ["Boulkessi"]
    assert "stands in" in approx[0]["note"]


# --- the accord and its coalitions ----------------------------------------------------------


def test_promises_of_the_report_stand_in_its_sentences() -> None:
    promised = [row for row in rows("accord_commitments") if row["in_report"] == "yes"]
    assert {row["locator"] for row in promised} == {"3.2.1", "3.2.2", "3.2.3"}
    assert len(promised) == 9
    assert len(rows("accord_commitments")) == 17
    for row in rows("accord_commitments"):
        # A row of the tracker must stay readable in a narrow window.
        assert len(row["commitment"]) <= 60
        assert len(row["done_by_january_2020"]) <= 90


def test_counts_and_shares_of_the_observer_agree() -> None:
    reported = pick("accord_measures", source_id="JOURNALDUCAMEROUN_2019")
    found = {row["measure"]: row["value"] for row in reported}
    assert found["commitments fulfilled"] / 78 * 100 == pytest.approx(
        found["share of commitments fulfilled"], abs=1
    )
    shares = [value for measure, value in found.items() if measure.startswith("share")]
    assert sum(shares) == 100


def test_an_article_that_passes_a_figure_on_has_not_measured_it() -> None:
    passed_on = pick("accord_measures", source_id="NIGERIANVOICE_ICG_2020")
    assert [row["value"] for row in passed_on] == [22, 23]
    assert len({row["unit"] for row in passed_on}) == 1
    for row in passed_on:
        assert row["measured_by"] == "Carter Center"
        assert "passed on" in row["note"]


def test_years_of_fighting_are_those_of_the_list() -> None:
    yearly = [row for row in rows("coalition_events") if row["date"].precision == "year"]
    assert all(row["source_id"] == "UCDP_OVCY_251" for row in yearly)
    with_others = [row["date"].year for row in yearly if row["parties"].startswith("CMA; GATIA;")]
    alone = [row["date"].year for row in yearly if row["parties"] == "CMA; GATIA"]
    assert with_others == [2014, 2015]
    assert alone == [2015, 2016, 2017]


def test_figures_of_the_observers_do_not_share_a_scale() -> None:
    scales = {(r["measured_by"], r["measure"], r["unit"]) for r in rows("accord_measures")}
    assert len(scales) == len(rows("accord_measures"))
    later = [row for row in rows("accord_measures") if row["as_of"].isoformat() > REPORT]
    assert all("later than the report" in row["note"] for row in later)


def test_events_of_the_coalitions_have_known_parties_and_fitting_dates() -> None:
    groups = {row["group"] for row in rows("coalitions")}
    others = {"Government", "Islamic State", "MAA", "CPA"}
    for row in rows("coalition_events"):
        assert set(row["parties"].split("; ")) <= groups | others, row
        # A column of its own, because a learner counts with it.
        assert row["date"].precision == row["precision"], row
        assert row["date"] <= REPORT_DAY
    dates = [row["date"] for row in rows("coalition_events")]
    assert dates == sorted(dates)


def test_each_who_broke_away_left_a_known_group() -> None:
    groups = {row["group"] for row in rows("coalitions")}
    for row in rows("coalitions"):
        left = {part for part in row["broke_from"].split(" and ") if part}
        assert left <= groups, row


# --- since the report -----------------------------------------------------------------------


def deaths_by_year(country: str, estimate: str = "best") -> dict[int, int]:
    """Return deaths in organised violence by year, from the table of lesson 4 and the later one."""
    found: Counter[int] = Counter()
    for name in ("violence_by_country", "violence_since"):
        for row in pick(name, country=country):
            found[row["year"]] += row[estimate]
    return dict(found)


def test_events_since_are_later_than_the_report_and_in_order() -> None:
    locators = {row["locator"] for row in read_csv("report/outline.csv")}
    for row in rows("events_since"):
        assert row["date"] > REPORT_DAY
        assert row["date"].precision != "year", row
        assert not row["locator"] or row["locator"] in locators
        # A line of the chart must stay readable in a narrow window.
        assert len(row["label"]) <= 42, row["label"]
    dates = [row["date"] for row in rows("events_since")]
    assert dates == sorted(dates)


def test_the_table_of_events_cites_what_its_rows_touch() -> None:
    touched = {row["locator"] for row in rows("events_since")} - {""}
    assert set(dataset("events_since").cites) == touched


def test_essays_count_their_rows_right() -> None:
    """Numbers in the words of an essay change with the table."""
    levers, later = rows("levers"), pick("us_aid_points", after_report="yes")
    points, own = rows("us_aid_points"), pick("us_aid_points", role="report")
    groups = {row["who"] for row in pick("designations", kind="group")}
    budget = [row for row in rows("mission_budget") if row["amount_usd"] is not None]
    years = Counter(row["period"] for row in budget)
    unknown = len(rows("mission_budget")) - len(budget)
    newer = rows("newer_versions")
    read = [row for row in newer if row["opening"] and row["date"].isoformat() > REPORT]
    texts, dates = rows("report_versions"), rows("report_version_dates")
    versions = Counter(row["report_number"] for row in dates if row["read"] != "nothing")
    listed = Counter(row["report_number"] for row in dates)
    told = {
        "levers": (
            f"{spelled(len(levers))} ways",
            f"for {spelled(len(pick('levers', who_decides='not named')))} of them neither",
        ),
        "us_aid_points": (
            f"{spelled(len(own))} amounts in dollars",
            f"{spelled(len(points) - len(own))} amounts from other sources",
            f"{spelled(len(later))} of these were published after",
        ),
        "designations": (f"{spelled(len(groups))} armed groups",),
        "mission_budget": (
            f"{spelled(len(budget))} amounts for {spelled(len(years))} budget periods",
            f"{spelled(unknown)} years for which no amount",
            f"{spelled(sum(n > 1 for n in years.values()))} of these periods",
        ),
        "newer_versions": (f"{spelled(len(newer))} versions", f"the {spelled(len(read))} later"),
        "report_versions": (
            f"{spelled(len({row['item'] for row in texts}))} matters",
            f"what {spelled(versions.total())} versions",
            f"{spelled(versions['R42664'])} of an older report",
            f"{spelled(versions['IF10116'])} of the short series",
        ),
        "report_version_dates": (
            f"{spelled(len(dates))} versions",
            f"{spelled(listed['R42664'])} are of the report R42664",
            f"{spelled(listed['IF10116'])} are those of IF10116",
        ),
        "events_since": (f"{spelled(len(rows('events_since')))} events",),
        "judgements": (f"{spelled(len(rows('judgements')))} statements",),
    }
    for name, wanted in told.items():
        essay = " ".join(str(text) for text in dataset(name).essay.values()).lower()
        for words in wanted:
            assert words.lower() in essay, (name, words)


def spelled(number: int) -> str:
    """Return a number below 40 in letters."""
    names = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty"
    )
    small = names.split()
    if number <= 20:
        return small[number]
    ten = ("twenty", "thirty")[number // 10 - 2]
    return f"{ten}-{small[number % 10]}" if number % 10 else ten


def test_two_numbers_of_deaths_are_explained() -> None:
    numbers = ("deaths_reported", "deaths_alternative")
    for row in rows("events_since"):
        for column in numbers:
            if row[column] is not None:
                assert re.search(rf"\b{row[column]}: ", row["note"]), row["label"]
    assert one("events_since", place="Moura")["deaths_alternative"] == 203


def test_the_table_of_judgements_repeats_the_report_and_dates_its_evidence() -> None:
    outline = {row["locator"]: row for row in read_csv("report/outline.csv")}
    for row in rows("judgements"):
        assert row["status"] == outline[row["locator"]]["status"], row["locator"]
        assert (row["since"] is None) == (row["verdict"] == "open"), row["locator"]
        assert not row["since"] or row["since"].last > REPORT_DAY.last
        if row["verdict"] == "not followed":
            assert row["status"] == "plan"
        # The same day as in the table of events, where both tell of one thing.
        same = [e for e in rows("events_since") if e["source_id"] == row["source_id"]]
        if row["verdict"] == "overtaken" and same:
            assert row["since"] in {event["date"] for event in same}, row["locator"]


def test_the_ends_of_missions_agree_with_the_table_of_missions() -> None:
    for mission, label in (("EUTM Mali", "EU training mission ends"),):
        ends = {row["end"] for row in pick("foreign_missions", mission=mission)}
        assert ends == {one("events_since", label=label)["date"]}
    # The mandate ends before the withdrawal does.
    mandate = one("events_since", label="U.N. ends MINUSMA's mandate")["date"]
    assert mandate < pick("foreign_missions", mission="MINUSMA")[0]["end"]


def test_numbers_of_the_evidence_are_those_of_the_tables() -> None:
    told = one("judgements", locator="1.2.2")["evidence"]
    inside = yearly("internally_displaced")
    assert f"{inside[2020]:,}" in told
    assert f"{inside[2025]:,}" in told
    assert inside[2020] > 201_000 < inside[2025]


def test_the_series_of_deaths_goes_on_without_gap_or_overlap() -> None:
    about = [dataset(name) for name in ("violence_by_country", "violence_since")]
    earlier, later = ([(c.name, c.type, c.unit, c.meaning) for c in one.columns] for one in about)
    assert earlier == later
    for country in ("Mali", "Burkina Faso", "Niger"):
        assert list(deaths_by_year(country)) == list(range(2009, 2025))
    keys = [(r["country"], r["year"], r["kind"]) for n in about for r in rows(n.name)]
    assert len(keys) == len(set(keys))
    for row in rows("violence_since"):
        assert row["low"] <= row["best"] <= row["high"]


def test_deaths_of_the_three_states_stayed_above_2019() -> None:
    """What the table of judgements says of 4.2.1."""
    total = Counter[int]()
    for country in ("Mali", "Burkina Faso", "Niger"):
        total.update(deaths_by_year(country))
    assert all(total[year] > total[2019] for year in range(2020, 2025))
    assert (
        deaths_by_year("Mali")[2019],
        deaths_by_year("Mali")[2022],
        deaths_by_year("Mali")[2024],
    ) == (1227, 3656, 1901)


def test_versions_of_the_report_have_the_titles_that_the_lesson_names() -> None:
    titles = [row["title"] for row in rows("newer_versions")]
    assert list(dict.fromkeys(titles)) == ["Conflict in Mali", "Crisis in Mali", "Mali"]
    assert one("newer_versions", date=datetime.date(2020, 1, 17))["title"] == titles[0]


# --- U.S. policy and aid --------------------------------------------------------------------


def dollars(measure: str, year: int, download: int = 2025) -> int:
    found: int = one("us_aid", measure=measure, fiscal_year=year, download=download)["dollars"]
    return found


def test_bilateral_aid_of_the_report_is_the_appropriation_and_no_other_stage() -> None:
    value = figure("bilateral aid")["value"]
    for download in (2022, 2025):
        stages = {
            measure: round(dollars(measure, 2018, download), -6)
            for measure in ("requested", "appropriated", "obligated", "disbursed")
        }
        assert [measure for measure, amount in stages.items() if amount == value] == [
            "appropriated"
        ]


def test_each_stage_of_the_money_has_no_gap() -> None:
    for download in (2022, 2025):
        for measure in ("requested", "appropriated", "obligated", "disbursed"):
            years = [r["fiscal_year"] for r in pick("us_aid", measure=measure, download=download)]
            assert years == list(range(2008, years[-1] + 1)), (download, measure)
    for row in rows("us_aid"):
        assert (row["after_report"] == "yes") == (row["fiscal_year"] >= 2020)


def test_appropriations_and_requests_are_the_same_in_both_downloads() -> None:
    def changed(measure: str) -> list[int]:
        earlier = pick("us_aid", measure=measure, download=2022, complete="yes")
        years = [row["fiscal_year"] for row in earlier]
        return [y for y in years if dollars(measure, y, 2022) != dollars(measure, y)]

    assert changed("requested") == changed("appropriated") == []
    assert changed("obligated") == [2015, 2016, 2017, 2019, 2020, 2021]
    assert changed("disbursed") == [2015, 2016, 2017, 2019, 2020, 2021]


def test_years_that_were_not_over_are_marked() -> None:
    found = {(r["download"], r["fiscal_year"], r["measure"]) for r in pick("us_aid", complete="no")}
    assert found == {
        (download, download, measure)
        for download in (2022, 2025)
        for measure in ("obligated", "disbursed")
    }


def test_figures_of_the_report_stand_among_the_points() -> None:
    own = {row["cites"]: row for row in pick("us_aid_points", role="report")}
    for item in ("bilateral aid", "humanitarian", "military aid", "MINUSMA budget"):
        row = figure(item)
        found = [r for r in pick("us_aid_points", role="report") if r["dollars"] == row["value"]]
        assert [r["cites"] for r in found] == [row["locator"]]
        assert found[0]["qualifier"] == (row["qualifier"] or "")
    assert set(own) == {"6.1.2", "6.1.4", "6.2.3"}


def test_payments_until_the_report_were_highest_in_the_year_of_the_coup() -> None:
    paid = {y: dollars("disbursed", y) for y in range(2008, 2020)}
    assert max(paid, key=paid.__getitem__) == 2012


def test_offices_add_up_to_the_total_of_their_fact_sheet() -> None:
    parts = pick("us_aid_points", figure="humanitarian", role="part")
    (total,) = {
        r["dollars"] for r in pick("us_aid_points", source_id="USAID_FY2019_FS1", role="near")
    }
    assert sum(part["dollars"] for part in parts) == total


def test_the_mission_costs_more_than_its_u_s_part() -> None:
    value = figure("MINUSMA budget")["value"]
    wholes = [
        r["dollars"]
        for r in pick("us_aid_points", figure="mission", role="whole", period="2018/19")
    ]
    assert wholes == [r["amount_usd"] for r in pick("mission_budget", period="2018/19")]
    shares = [value / whole for whole in wholes]
    assert shares == pytest.approx([0.304, 0.295], abs=0.0005)
    # Neither the U.N. assessment nor the cap of Congress gives this amount.
    dues = one("levers", kind="money", cites="6.2.3")
    assert "27.89 percent" in dues["note"]
    assert "25 percent" in dues["limit"]
    assert min(shares) > 0.2789


def test_people_listed_for_mali_are_those_that_the_report_counts() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for row in pick("designations", kind="individuals", event="listed"):
        counts[row["authority"], row["cites"]] += row["count"]
    assert counts == {("U.N.", "6.2.5"): 3, ("U.N.", "6.2.4"): 5, ("U.S.", "6.2.4"): 5}
    assert figure("Mali Executive Order")["value"] == counts["U.S.", "6.2.4"]
    assert figure("travel restrictions")["value"] == counts["U.N.", "6.2.5"]


def test_listings_are_in_order() -> None:
    dates = [row["date"] for row in rows("designations")]
    assert dates == sorted(dates)
    for row in rows("designations"):
        assert (row["after_report"] == "yes") == (row["date"] > REPORT_DAY)
        assert (row["kind"] == "individuals") == (row["count"] is not None)


def test_every_sentence_of_the_section_on_policy_is_a_lever_or_tells_of_one() -> None:
    cites = {part for row in rows("levers") for part in row["cites"].split("; ")}
    section = {r["locator"] for r in read_csv("report/outline.csv") if r["locator"][0] == "6"}
    assert section - cites == {"6.2.5"}  # it tells what the U.N. did
    affected = {part for row in rows("levers") for part in row["whom_it_affects"].split("; ")}
    assert affected == {"Mali", "Neighbours", "France", "U.N. mission", "Listed people"}


# --- the insurgency -------------------------------------------------------------------------


def deaths(country: str, year: int, column: str = "best") -> int:
    return sum(row[column] for row in pick("violence_by_country", country=country, year=year))


def test_groups_and_links_are_not_later_than_the_report() -> None:
    dates = [row[name] for row in rows("armed_groups") for name in ("founded", "ended")]
    dates += [row["since"] for row in rows("group_links")]
    assert all(date is None or date <= REPORT_DAY for date in dates)


def test_links_join_groups_that_are_described() -> None:
    known = {row["group"] for row in rows("armed_groups")}
    assert {row["actor"] for row in rows("group_links")} <= known
    outside = {row["target"] for row in rows("group_links")} - known
    assert outside == {"Al Qaeda", "Islamic State"}
    ended = {row["group"] for row in rows("armed_groups") if row["ended"]}
    merged = {r["actor"] for r in pick("group_links", relation="merged_into")}
    assert ended <= merged


def test_jnim_has_the_four_parts_of_the_report() -> None:
    parts = {row["actor"] for row in pick("group_links", relation="merged_into", target="JNIM")}
    assert parts == {"AQIM Sahara branch", "Al Mourabitoun", "Ansar Dine", "Katiba Macina"}
    led = {row["group"] for row in rows("armed_groups") if "Malian-led" in row["note"]}
    assert led == parts - {"AQIM Sahara branch", "Al Mourabitoun"}
    text = next(s["gist"] for s in read_csv("report/outline.csv") if s["locator"] == "4.1.3")
    assert "two groups led by Malians" in text


def test_estimates_are_in_order_and_no_year_is_missing() -> None:
    for row in rows("violence_by_country"):
        assert 0 <= row["low"] <= row["best"], row
        # The source has one high estimate below the best one; the row says so.
        assert row["best"] <= row["high"] or "below the best" in row["note"], row
    assert {(r["country"], r["year"]) for r in rows("violence_by_country")} == {
        (country, year)
        for country in ("Mali", "Burkina Faso", "Niger", "Chad", "Mauritania")
        for year in range(2009, 2020)
    }


def test_killings_of_civilians_add_up_to_one_sided_violence() -> None:
    for row in rows("civilians_killed_by"):
        both = row["government"] + row["non_state"]
        one_sided = one(
            "violence_by_country", country=row["country"], year=row["year"], kind="one_sided"
        )
        assert both == one_sided["best"], row


def test_the_newest_release_is_that_of_the_table_by_country() -> None:
    for row in pick("counts_by_release", source_id="UCDP_OVCY_251"):
        assert row["best"] == deaths("Mali", row["year"])


def test_rising_deaths_fit_the_report_and_its_limits() -> None:
    """4.2.1 says that attacks escalate; the table counts deaths of all organised violence."""
    countries = {row["country"] for row in rows("violence_by_country")}
    assert sum(deaths(one, 2019) for one in countries) > sum(deaths(one, 2018) for one in countries)
    assert deaths("Burkina Faso", 2019, "low") > deaths("Burkina Faso", 2018, "high")
    assert deaths("Mali", 2019, "low") < deaths("Mali", 2018) < deaths("Mali", 2019, "high")


def test_points_on_the_map_are_the_places_that_are_counted() -> None:
    counted = {(r["year"], r["region"]): r["places"] for r in rows("violence_places")}
    assert Counter((r["year"], r["region"]) for r in rows("violence_points")) == counted


def test_claims_are_in_time_and_tolls_have_numbers() -> None:
    for row in rows("attack_claims"):
        assert row["date"].isoformat() <= REPORT
        if row["said_on"]:
            assert row["date"] <= row["said_on"]
            assert row["said_on"].isoformat() <= REPORT
        assert (row["kind"] == "toll") == (row["deaths"] is not None) == bool(row["counts"])
        assert row["kind"] != "claim" or row["role"] == "claimant"


def test_the_toll_of_the_hotel_attack_is_checked() -> None:
    tolls = {r["deaths"] for r in pick("attack_claims", event="Bamako hotel", kind="toll")}
    assert tolls == {19, 20}
    stated = next(s["gist"] for s in read_csv("report/outline.csv") if s["locator"] == "4.1.2")
    assert "19 civilians" in stated


def test_a_source_that_only_a_note_names_is_listed_after_those_of_the_rows() -> None:
    for name, named in (("actors", "ECFR_MAA"), ("us_aid", "FA_FAQ")):  # in a note, in an essay
        assert named not in {row["source_id"] for row in rows(name)}
        assert named in dataset(name).source_ids
        assert named in sources("02" if name == "actors" else "06").text
