"""``mali-course slides LESSON``: a deck with speaker notes and timings, one file a lesson.

A deck is made from the stored notebook, whose cells say in their metadata what the class sees, and
from the plan of the lesson. `deck` puts it together, `page` writes it.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from mali_course.core.lessons import Lesson, chosen_lessons
from mali_course.core.messages import say
from mali_course.kit.output import refuse_existing, write_files
from mali_course.kit.progress_bar import with_progress_bar
from mali_course.kit.slides.deck_page import deck_html
from mali_course.kit.with_report import add_report_argument, report_note

__all__ = ["arguments", "deck_file", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("lessons", metavar="LESSON", nargs="+", help=say("kit_slides.lesson"))
    parser.add_argument(
        "--folder", type=Path, default=Path("slides"), help=say("kit_slides.folder")
    )
    add_report_argument(parser)
    parser.add_argument("--force", action="store_true", help=say("kit_slides.force"))


def deck_file(lesson: Lesson) -> str:
    """Return the name of a lesson's deck.

    Examples
    --------
    >>> from mali_course.core.lessons import lesson
    >>> deck_file(lesson("01"))
    'slides-01.html'
    """
    return f"slides-{lesson.id}.html"


def run(options: Namespace) -> int:
    """Write the decks, and say where they are."""
    chosen = chosen_lessons(options.lessons)
    note = report_note(options)
    refuse_existing(options.folder, map(deck_file, chosen), force=options.force)
    decks: dict[str, str | bytes] = {}
    for lesson in with_progress_bar(chosen, say("kit_slides.doing")):
        decks[deck_file(lesson)] = deck_html(lesson)
    written = write_files(options.folder, decks, force=options.force)
    for lesson, path in zip(chosen, written, strict=True):
        print(
            say(
                "kit_slides.done",
                file=path.name,
                slides=str(decks[path.name]).count('class="slide '),
                minutes=f"{lesson.minutes:g}",
                size=f"{path.stat().st_size / 1e6:.1f}",
            )
        )
    print(say("kit_slides.written", folder=options.folder, count=len(written)))
    if note:
        print(note)
    return 0
