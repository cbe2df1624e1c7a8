"""One multiple-choice question as this course asks it and as jupyterquiz does, in one page.

Needs jupyterquiz, which the course itself does not: ``pip install jupyterquiz``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from measure import machine, report
from nbformat import v4, write

from mali_course.questions.bank import find
from mali_course.questions.kinds.choice import Choice

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))
from lab import Notebook, running_browser, running_lab

_ITEM = "01-31"

# Clicks an answer, then waits until the words of its feedback are in the page.
_TIMED = """async ([answer, press, watched]) => {
    const node = document.querySelector(watched), before = node.innerHTML;
    const begin = performance.now();
    const changed = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
            if (node.innerHTML !== before) { observer.disconnect(); resolve(); }
        });
        observer.observe(node, {childList: true, subtree: true, characterData: true});
    });
    document.querySelectorAll(answer.selector)[answer.number].click();
    if (press !== null) document.querySelector(press).click();
    await changed;
    return (performance.now() - begin) / 1000;
}"""


def as_jupyterquiz(one: Choice) -> str:
    """Return a question in the format of jupyterquiz, as JSON."""
    answers = [
        {"answer": option.text, "correct": option.key, "feedback": option.feedback}
        for option in one.options
    ]
    return json.dumps([{"question": one.stem, "type": "multiple_choice", "answers": answers}])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    rounds = parser.parse_args().rounds
    question = find(_ITEM)
    assert isinstance(question, Choice)
    key = next(option.feedback for option in question.options if option.key)
    wrong = [number for number, option in enumerate(question.options) if not option.key]
    cells = [
        "from jupyterquiz import display_quiz\nimport json\n"
        f"display_quiz(json.loads({as_jupyterquiz(question)!r}))",
        f'import mali_course as mali\nmali.ask("{_ITEM}")',
    ]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "notebooks").mkdir()
        notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        write(notebook, place / "notebooks" / "bench.ipynb")
        with running_lab(place) as lab, running_browser() as browser:
            page = (opened := Notebook(lab, browser, "bench.ipynb")).page
            opened.run_all()
            ours = "form.mali-form:has(.mali-question)"
            times: dict[str, list[float]] = {"jupyterquiz": [], "this course": []}
            sources = {
                name: page.locator(selector).first.evaluate("node => node.outerHTML")
                for name, selector in (
                    ("jupyterquiz", ".jp-Cell:has(.Quiz) .jp-Cell-outputWrapper"),
                    ("this course", f".jp-Cell:has({ours}) .jp-Cell-outputWrapper"),
                )
            }
            for number in range(rounds + 2):
                # Wrong answers in turn: a right one would end the question.
                chosen = wrong[number % len(wrong)]
                theirs: float = page.evaluate(
                    _TIMED,
                    [{"selector": ".Quiz .MCButton", "number": chosen}, None, ".Quiz .Feedback"],
                )
                page.wait_for_timeout(60)
                own: float = page.evaluate(
                    _TIMED,
                    [
                        {"selector": f"{ours} input", "number": chosen},
                        f"{ours} button[value=check]",
                        f"{ours} [role=status]",
                    ],
                )
                page.wait_for_timeout(60)
                if number > 1:
                    times["jupyterquiz"].append(theirs)
                    times["this course"].append(own)
    print(f"# Beside jupyterquiz ({time.strftime('%Y-%m-%d')}; {machine()}; {rounds} rounds)\n")
    print(report("From the click on an answer to its feedback", times, "jupyterquiz"))
    print("\n## The same question in the page, before any answer\n")
    print("| case | kB of HTML | right feedback readable |\n| --- | ---: | --- |")
    for name, html in sources.items():
        seen = "yes" if key in html else "no"
        print(f"| {name} | {len(html) / 1000:.1f} | {seen} |")


if __name__ == "__main__":
    main()
