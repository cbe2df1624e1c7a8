"""``mali-course plan``: lists the teaching plans, prints one, or writes it as a page."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from mali_course.core.errors import CourseError
from mali_course.core.messages import say
from mali_course.kit import pdf
from mali_course.kit.output import refuse_existing, write_files
from mali_course.kit.plan.plan_clock import start_minute
from mali_course.kit.plan.plan_loader import plan, plans
from mali_course.kit.plan.plan_model import Plan
from mali_course.kit.plan.plan_page import plan_html
from mali_course.kit.plan.plan_text import plan_list_text, plan_text
from mali_course.kit.with_report import add_report_argument, report_note

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("name", metavar="NAME", nargs="?", help=say("kit_plan.name"))
    parser.add_argument("--start", metavar="TIME", help=say("kit_plan.start"))
    parser.add_argument("--session", metavar="NUMBER", help=say("kit_plan.session"))
    parser.add_argument("--folder", type=Path, help=say("kit_plan.folder"))
    pdf.add_print_arguments(parser)
    add_report_argument(parser)
    parser.add_argument("--force", action="store_true", help=say("kit_plan.force"))


def _session_number(chosen: Plan, text: str) -> int:
    count = len(chosen.sessions)
    if text.isdecimal() and 1 <= int(text) <= count:
        return int(text)
    raise CourseError(say("kit_plan.no_session", name=chosen.name, number=text, count=count))


def _list_plans(options: Namespace) -> None:
    for option in ("start", "session", "folder"):
        if getattr(options, option) is not None:
            known = ", ".join(plans())
            raise CourseError(say("kit_plan.no_name", option=f"--{option}", plans=known))
    print(plan_list_text(plans().values()))


def _write_page(options: Namespace, name: str, page: str) -> None:
    files: dict[str, str | bytes] = {f"{name}.html": page}
    problem = ""
    if not options.no_pdf:
        printed, problem = pdf.print_pages([(f"{name}.html", page)])
        files |= printed
    written = write_files(options.folder, files, force=options.force)
    names = ", ".join(path.name for path in written)
    print(say("kit_plan.written", folder=options.folder, names=names))
    if problem:
        print(problem)


def run(options: Namespace) -> int:
    """List the plans, print one, or write it as a page."""
    start = None if options.start is None else start_minute(options.start)
    if options.name is None:
        _list_plans(options)
        return 0
    chosen = plan(options.name)
    note = report_note(options)
    only = None if options.session is None else _session_number(chosen, options.session)
    if options.folder is None:
        print(plan_text(chosen, start, only))
        if note:
            print(note)
        return 0
    name = f"plan-{chosen.name}"
    suffixes = (".html",) if options.no_pdf else (".html", ".pdf")
    refuse_existing(options.folder, (name + end for end in suffixes), force=options.force)
    _write_page(options, name, plan_html(chosen, start, options.paper, only))
    if note:
        print(note)
    return 0
