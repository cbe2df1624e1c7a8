"""The class page in a real browser: accessible, complete in itself, and deaf to hostile names."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from axe import TAGS, only, themes
from playwright.sync_api import Browser
from simulated_class import write_class

from mali_course.cli import main

EVIL = "</td><script>document.title='run'</script><img src=https://e.example/x onerror=alert(1)>"


@pytest.fixture(scope="module", params=[3, 40])
def class_page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a small or a larger class, one of whose learners means harm."""
    place = tmp_path_factory.mktemp("class")
    write_class(place / "in", request.param)
    evil = {"format": "mali-course-progress", "version": 1, "learner": EVIL, "events": []}
    (place / "in" / "evil.json").write_text(json.dumps(evil), encoding="utf-8")
    assert main(["results", str(place / "in"), "--to", str(place / "out")]) == 0
    return place / "out" / "class.html"


@themes("light", "dark")
def test_the_class_page_is_accessible_and_asks_no_other_host(
    browser: Browser, class_page: Path, theme: str, rules: list[str] | None
) -> None:
    # axe must be let in past the policy of the page; without that, the policy stands.
    context = browser.new_context(
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": 320, "height": 800}, bypass_csp=True,
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(class_page.as_uri())
        assert page.title() == "Results of the class"
        assert "<script>document.title" in page.locator("#learners").inner_text()
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.locator("img").evaluate_all("all => all.every(one => one.naturalWidth > 100)")
        axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        page.evaluate(f"() => {{ {axe} }}")
        found = page.evaluate(
            "async (runOnly) => (await window.axe.run(document, {runOnly})).violations"
            ".map((v) => `${v.id}: ${v.nodes[0].html}`)",
            only(rules, [*TAGS, "best-practice"]),
        )
        assert found == []
    finally:
        context.close()
