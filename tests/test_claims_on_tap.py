"""The claim map on tap: each mark opens its sentence, by HTML and style alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape

import mali_course as mali
from mali_course.charts import chart as drawn_chart
from mali_course.core.html import text_of
from mali_course.core.lessons import lesson
from mali_course.core.report import sections, sentences
from mali_course.core.statuses import status, statuses
from mali_course.forms.claims_on_tap import _SHAPES, claims_html
from mali_course.kit.site.lesson_page import lesson_pages
from mali_course.original.hedges import hedges
from mali_course.original.kept import keep_originals, own_file, showing_originals

MARK = re.compile(r'<label class="mali-claim".*?</label>', re.DOTALL)


def _marks() -> dict[str, str]:
    """Return the HTML of each mark and of what it opens, by the locator."""
    html = claims_html()
    starts = [place.start() for place in MARK.finditer(html)]
    parts = [html[start:end] for start, end in zip(starts, [*starts[1:], len(html)], strict=True)]
    found = {}
    for part in parts:
        [locator] = re.findall(r'type="radio" name="claims-\d" value="([\d.]+)"', part)
        found[locator] = part
    return found


def test_each_sentence_has_one_mark_with_a_name_that_opens_what_it_says() -> None:
    found = _marks()
    assert found.keys() == {one.locator for one in sentences()}
    for one in sentences():
        part, word = found[one.locator], status(one.status).word
        label = MARK.match(part)
        assert label
        name = text_of(label[0])
        assert name.startswith(f"{one.locator}, {word}")
        assert ("somebody else" in name) == bool(one.attribution)
        assert f'data-status="{one.status}"' in label[0]
        assert 'data-lm-suppress-shortcuts="true"' in label[0]  # or JupyterLab takes its arrows
        said = unescape(text_of(part[label.end() :]))
        assert one.gist in said
        assert f"status: {word}; according to: {one.attribution or 'the report itself'}" in said


def test_the_sections_count_their_marks_and_name_whom_the_report_names() -> None:
    groups = re.findall(r"<fieldset.*?</fieldset>", claims_html(), re.DOTALL)
    assert len(groups) == len(sections())
    for group, section in zip(groups, sections(), strict=True):
        found = [one for paragraph in section.paragraphs for one in paragraph.sentences]
        assert f"<legend>{section.number} {section.title}</legend>" in unescape(group)
        for name, count in Counter(one.status for one in found).items():
            assert f">{status(name).word.capitalize()} {count}</span>" in group
        named = re.findall(r'class="mali-claims-named">(.*?)</p>', group)
        for one in found:
            if one.attribution:
                assert one.locator in named[0]
                assert one.attribution in unescape(named[0])


def test_the_last_of_each_group_closes_what_is_open() -> None:
    for group, section in zip(
        re.findall(r"<fieldset.*?</fieldset>", claims_html(), re.DOTALL), sections(), strict=True
    ):
        last = re.findall(r"<label.*?</label>", group, re.DOTALL)[-1]
        assert f'type="radio" name="claims-{section.number}" value=""' in last
        assert 'data-lm-suppress-shortcuts="true"' in last
        assert text_of(last) == "Close"


def test_every_status_has_a_shape_of_its_own() -> None:
    shapes = [_SHAPES[each.marker] for each in statuses()]
    assert len({path for path, _ in shapes}) == len(statuses())


def test_the_map_stands_where_the_chart_is_called_and_the_picture_stays() -> None:
    html = mali.chart("claim-map").to_html()
    assert claims_html() in html
    assert html.index("<img alt=") < html.index('<div class="mali-claims" hidden ')
    for other in (mali.chart("claim-map").to_html(folds=False), mali.chart("elections").to_html()):
        assert "mali-claims" not in other
    assert "mali-claims" not in drawn_chart("claim-map").to_html()
    assert mali.chart("Claim map").on_tap  # as generous as with any chart


def test_the_site_has_the_map_and_no_sentence_unless_asked(
    made_up_report: Mapping[str, str],
) -> None:
    path = own_file()
    assert path
    keep_originals(made_up_report, path)
    with showing_originals(False):
        page = str(lesson_pages(lesson("07"))["07-reading-the-whole.html"])
    assert page.count('class="mali-claim"') == len(sentences())
    assert not [text for text in made_up_report.values() if text in page]


def test_a_mark_opens_the_sentence_of_the_report_with_its_marked_words(
    made_up_report: Mapping[str, str],
) -> None:
    path = own_file()
    assert path
    keep_originals(made_up_report, path)
    for locator, part in _marks().items():
        plain = re.sub(r"<[^>]+>", "", part)
        assert made_up_report[locator] in plain
        # The map tells each status, so it tells the words too, whatever is asked elsewhere.
        assert part.count('<mark class="mali-hedge" title=') == len(hedges(locator))


def test_without_the_report_the_digest_stands_alone() -> None:
    assert "mali-original" not in claims_html()
