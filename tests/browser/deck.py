"""A deck in the browser: what each step shows, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

__all__ = ["LEAST", "faults", "key_before_reveal", "open_deck", "state", "step", "walk"]

LEAST = 32  # pixels: 24 points on a slide of 1280 to 720

# What the present slide shows: texts with their sizes, boxes that leave the slide, and its words.
_STATE = """() => {
    const slide = Reveal.getCurrentSlide();
    const face = slide.querySelector('.face');
    const frame = face.getBoundingClientRect();
    const texts = [], outside = [];
    const shown = (one) => one.checkVisibility({opacityProperty: true, visibilityProperty: true});
    const say = (one) => `${one.tagName.toLowerCase()}.${one.className} ` +
        `"${one.textContent.trim().slice(0, 60)}"`;
    const foot = face.querySelector('.foot').getBoundingClientRect();
    const nodes = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    let words = '';
    while (nodes.nextNode()) {
        const node = nodes.currentNode, one = node.parentElement;
        if (!node.data.trim() || !shown(one)) continue;
        words += ' ' + node.data;
        texts.push([say(one), parseFloat(getComputedStyle(one).fontSize)]);
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
            const inFoot = Boolean(one.closest('.foot'));
            const low = inFoot ? frame.bottom : foot.top;
            if (box.left < frame.left - 1 || box.right > frame.right + 1 ||
                box.top < frame.top - 1 || box.bottom > low + 8)
                outside.push(say(one));
        }
    }
    // What is announced must keep a key back as well. It follows the slide after a moment.
    const title = slide.querySelector('h1, h2')?.textContent || '';
    const told = document.querySelector('.aria-status')?.textContent || '';
    if (told.includes(title)) words += ' ' + told;
    for (const one of slide.querySelectorAll('.face, .face *')) {
        if (!shown(one) || one.closest('figure') && one.tagName !== 'FIGURE') continue;
        const box = one.getBoundingClientRect();
        if (box.left < frame.left - 1 || box.right > frame.right + 1 ||
            box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
            outside.push(say(one));
        // What is there for the ear has a box of one pixel.
        if (one.tagName !== 'FIGURE' && one.clientWidth > 1 &&
            one.scrollWidth > one.clientWidth + 1)
            outside.push('too wide: ' + say(one));
    }
    return {
        number: Reveal.getSlidePastCount() + 1,
        kind: slide.className,
        item: slide.dataset.item || '',
        title,
        scale: Reveal.getScale(),
        texts, outside: [...new Set(outside)], words: words.replace(/\\s+/g, ' '),
    };
}"""


def open_deck(page: Page, file: Path) -> None:
    """Open a deck at its first slide."""
    page.goto(file.as_uri())
    page.wait_for_function("() => window.Reveal && Reveal.isReady()")


def state(page: Page) -> dict[str, Any]:
    """Return what the present slide shows."""
    found: dict[str, Any] = page.evaluate(_STATE)
    return found


def step(page: Page) -> bool:
    """Go one step on by keyboard; False at the end."""
    where = "() => JSON.stringify(Reveal.getIndices())"
    before = page.evaluate(where)
    page.keyboard.press("ArrowRight")
    return bool(page.evaluate(where) != before)


def walk(page: Page) -> list[dict[str, Any]]:
    """Return the states of all steps, from the present slide to the end."""
    found = [state(page)]
    while step(page):
        found.append(state(page))
    return found


def faults(shown: dict[str, Any]) -> list[str]:
    """Return what is wrong with the look of one step: small text, and what leaves the slide."""
    name = f"slide {shown['number']} ({shown['title']})"
    small = [f"{name}: {size} px: {what}" for what, size in shown["texts"] if size < LEAST]
    leaves = [f"{name}: leaves the slide: {what}" for what in shown["outside"]]
    return [*small, *leaves, *([] if shown["title"].strip() else [f"{name}: no title"])]


def key_before_reveal(states: list[dict[str, Any]], item: str, secrets: list[str]) -> list[str]:
    """Return the secrets of a question that are shown before the first slide of its answer."""
    found = []
    for shown in states:
        if shown["item"] == item and "reveal" in shown["kind"].split():
            break
        if shown["item"] == item:
            words = shown["words"]
            found += [text for text in secrets if " ".join(text.split()) in words]
    return found
