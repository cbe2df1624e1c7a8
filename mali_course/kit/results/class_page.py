"""The class page: one HTML file with all that it shows, without scripts and other hosts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from mali_course.core.formats import day, listed
from mali_course.core.html import fold
from mali_course.core.messages import LANGUAGE, say
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
from mali_course.record.log import course_version

__all__ = ["class_page"]

_STYLE = """
:root { color-scheme: light dark; --line: #767676; --soft: #f2f2f2; --ink: #1a1a1a; --paper: #fff;
  --link: #0b4f8a; }
@media (prefers-color-scheme: dark) { :root { --line: #8c8c8c; --soft: #262626; --ink: #eee;
  --paper: #161616; --link: #9ecbff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; color: var(--ink);
  background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
a { color: var(--link); text-decoration: underline; }
nav ul { columns: 16rem; }
nav a { display: inline-block; padding: .25rem 0; }
h1, h2, h3 { line-height: 1.25; }
h2 { margin-top: 2.5rem; border-top: 2px solid var(--line); padding-top: .75rem; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; vertical-align: top; }
thead th { background: var(--soft); }
caption { font-weight: 600; padding: .4rem 0; }
figure { margin: 1rem 0; }
.note { border-left: .4rem solid var(--line); background: var(--soft); padding: .5rem .9rem;
  margin: 1rem 0; }
.skip { position: absolute; left: -99rem; }
.skip:focus { position: static; }
:focus-visible { outline: 3px solid #0072b2; outline-offset: 2px; box-shadow: 0 0 0 2px #fff; }
td { min-width: 4.5rem; }
tbody th { min-width: 6rem; font-weight: 400; }
@page { margin: 14mm; }
@media print {
  :root { --line: #555; --soft: #fff; --ink: #000; --paper: #fff; --link: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip { display: none; }
  h2, h3, caption { break-after: avoid; }
  table { font-size: 8pt; line-height: 1.3; width: 100%; }
  th, td { padding: .1rem .3rem; min-width: 1.7cm; }
  #learners td, #learners th { min-width: 0; }
  thead, tbody tr:first-child { break-after: avoid; break-before: avoid; }
  figure img { max-width: 14cm !important; }
  figure img, tr, .note { break-inside: avoid; }
  .mali-table { overflow: visible !important; }
}
"""


def _say(key: str, **fields: object) -> str:
    return say(f"kit_results.page.{key}", **fields)


def _section(key: str, title: str, inside: str) -> str:
    return f'<section id="{key}"><h2>{escape(title)}</h2>{inside}</section>'


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
    contents = "".join(
        f'<li><a href="#{key}">{escape(title)}</a></li>' for key, title, _ in sections
    )
    # The policy is a second lock: even if a name were taken for markup, nothing would run or load.
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGE}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(_say('title'))}</title><style>{_STYLE}</style></head><body>"
        f'<a class="skip" href="#main">{escape(_say("skip"))}</a>'
        f"<header><h1>{escape(_say('title'))}</h1>{text_html(source)}</header>"
        f'<nav aria-label="{escape(_say("contents"), quote=True)}"><ul>{contents}</ul></nav>'
        f'<main id="main">{"".join(_section(*one) for one in sections)}</main>'
        "</body></html>\n"
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
