"""The class page: one HTML file with all that it shows, without scripts and other hosts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

from mali_course.core.formats import day, listed
from mali_course.core.html import fold
from mali_course.core.messages import say
from mali_course.kit.results.class_charts import percent
from mali_course.kit.results.class_reader import ClassResults
from mali_course.kit.results.class_sections import (
    Names,
    files_html,
    items_html,
    learners_html,
    lessons_html,
    list_html,
    objectives_html,
    text_html,
)
from mali_course.kit.results.handed_in import Skipped
from mali_course.kit.results.item_statistics import (
    EASY,
    FEW,
    FEW_FOR_R,
    HARD,
    RETEACH,
    WEAK,
    ItemFigures,
    ObjectiveFigures,
    item_figures,
    lesson_figures,
    objective_figures,
)
from mali_course.kit.templating import render
from mali_course.record.log import course_version

__all__ = ["class_page"]

def _say(key: str, **fields: object) -> str:
    return say(f"kit_results.page.{key}", **fields)


def class_page(
    found: ClassResults, skipped: Sequence[Skipped], today: date, *, names: bool = True
) -> str:
    """Return the class page.

    Parameters
    ----------
    found : ClassResults
        With at least one learner.
    skipped : sequence of Skipped
    today : date
        The day that the page gives as its own.
    names : bool
        Show the names that learners typed and the names of their files. Without them the page
        can be shown to the class.

    Examples
    --------
    >>> from mali_course.kit.results.class_reader import Folder, class_of
    >>> from mali_course.record.portable import Packed
    >>> folder = Folder()
    >>> one = folder.fold(Packed("Ada <b>", "1", []), "ada.json")
    >>> "Ada &lt;b&gt;" in class_page(class_of(folder, [one]), [], date(2026, 11, 24))
    True
    """
    figures = item_figures(found)
    called = Names(names, {one.file: n for n, one in enumerate(found.learners, start=1)})
    objectives = objective_figures(found, figures)
    far = lesson_figures(found)
    source = _say("source", count=len(found.learners), date=day(today))
    begun = [one for one in far if one.begun]
    sections = [
        ("summary", _say("summary"), _summary(found, figures, objectives, skipped, today)),
        ("objectives", _say("objectives"), objectives_html(objectives)),
        ("lessons", _say("lessons"), lessons_html(far, source)),
    ]
    sections += [
        (f"lesson-{one.id}", _say("lesson", id=one.id, title=one.title),
         items_html(one, [figures[found.items[p].id] for p in found.places[one.id]], source))
        for one in begun
    ]
    sections += [
        ("learners", _say("learners"), learners_html(found, begun, called)),
        ("files", _say("files"), files_html(found, skipped, called)),
        ("method", _say("method"), _method()),
    ]
    return render(
        "class_page.html",
        title=_say("title"),
        style_css=Path(__file__).with_name("class_page.css").read_text(encoding="utf-8"),
        source=source,
        sections=[{"id": key, "title": title, "html": html} for key, title, html in sections],
    )


def _summary(found: ClassResults, figures: dict[str, ItemFigures],
             objectives: Sequence[ObjectiveFigures], skipped: Sequence[Skipped],
             today: date) -> str:
    count = len(found.learners)
    lines = [_say("counted", count=count, older=len(found.superseded), skipped=len(skipped))]
    weak = [one for one in objectives if "reteach" in one.notes]
    judged = [one for one in objectives if one.right and "few" not in one.notes]
    if weak:
        lines.append(_say("reteach_some", count=len(weak), limit=percent(RETEACH)))
    elif judged:
        lines.append(_say("reteach_none", limit=percent(RETEACH)))
    for key in ("against", "weak", "hard"):
        ids = [one.item.id for one in figures.values() if key in one.notes]
        if ids:
            lines.append(_say(f"note_{key}", items=listed(ids)))
    warning = ""
    if count < FEW:
        warning = _say("small", count=count, few=FEW)
    elif count < FEW_FOR_R:
        warning = _say("medium", count=count, few=FEW_FOR_R)
    box = f'<div class="note">{text_html(warning)}</div>' if warning else ""
    versions = sorted({one.course for one in found.learners} - {"", course_version()})
    if versions:
        lines.append(_say("versions", versions=listed(versions), own=course_version()))
    unknown = sum(one.unknown for one in found.learners)
    if unknown:
        lines.append(_say("unknown", count=unknown))
    late = sum(one.last_day > today.isoformat() for one in found.learners)
    if late:
        lines.append(_say("clock", count=late))
    return box + list_html(lines) + text_html(_say("practice"))


def _method() -> str:
    lines = [
        _say("method_first"),
        _say("method_difficulty", few=FEW, hard=percent(HARD), easy=percent(EASY)),
        _say("method_discrimination", few=FEW_FOR_R, weak=WEAK),
        _say("method_objectives", limit=percent(RETEACH), few=FEW),
        _say("method_slips"),
        _say("method_file"),
    ]
    sources = say("kit_results.page.method_sources").split("|")
    folded = fold(escape(_say("method_sources_title")), list_html(sources))
    return list_html(lines) + folded + text_html(_say("privacy"))
