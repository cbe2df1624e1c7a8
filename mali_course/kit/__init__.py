"""Tools for teachers and maintainers; of them learners run `summary` and `report` too."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COMMANDS"]

# The commands for teachers: name and module, which has arguments(parser) and run(options) -> exit
# code. The words are in data/words/LANGUAGE/kit_NAME.toml: help and example, and its own.
# The command line imports the module of the command that is asked for, and no other.
COMMANDS: Mapping[str, str] = {
    "export": "mali_course.kit.export",
    "plan": "mali_course.kit.plan",
    "report": "mali_course.kit.report",
    "results": "mali_course.kit.results.command",
    "site": "mali_course.kit.site",
    "slides": "mali_course.kit.slides",
    "summary": "mali_course.kit.summary",
    "worksheet": "mali_course.kit.worksheet",
}
