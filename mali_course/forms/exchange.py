"""What a page sends and what it shows in return: plain values, with or without a widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["Reply", "Respond", "Submission", "Values"]

Values = Mapping[str, list[str]]


@dataclass(frozen=True)
class Submission:
    """What the page sent.

    Parameters
    ----------
    action : str
        Value of the button pressed, "change", or "draft".
    values : mapping
        Name of each control to its values; files come as their text, or, with
        ``data-binary``, as a ``data:`` address.
    """

    action: str
    values: Values


@dataclass(frozen=True)
class Reply:
    """What the page shows in return.

    Parameters
    ----------
    status : str
        HTML that screen readers announce.
    view : str
        HTML below it that is not announced: charts, tables, further controls.
    state : str
        For the look of the status; never the only sign.
    file : mapping, optional
        ``name``, ``type`` and ``text`` of a file to save.
    body : str, optional
        HTML that takes the place of the controls. Where the learner sent the form, the focus goes
        to its element with the attribute ``data-start``, or to its beginning.
    picture : str
        HTML above the status that is not announced: what is looked at before the words about it.
    parts : mapping
        What is renewed inside of the controls, which stay, and with them the focus: the value of
        an attribute ``data-part`` to the HTML in its element, such as the options of a list.
    chosen : mapping
        With the parts: name of each control to the values that it then has.
    marks : mapping
        HTML of what stands beside the controls, by the part that it is about: see
        `mali_course.questions.outcome.Mark`.
    values : mapping, optional
        The answer that the reply judges. A page shows the reply beside that answer alone: a view
        that holds another one takes this one over, and the mark of what is changed goes.
    originals : mapping, optional
        What from now on stands below the digest of each sentence in the whole page: locator to
        HTML. A sentence that is not in it has nothing.
    told : mapping
        What the whole page need not keep back any more: locator to the mark of the sentence and the
        original below it.
    saved : str, optional
        HTML that a notebook keeps from now on in place of the form.
    """

    status: str = ""
    view: str = ""
    state: str = ""
    file: Mapping[str, str] | None = field(default=None)
    body: str | None = None
    picture: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    chosen: Values = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    values: Values | None = None
    originals: Mapping[str, str] | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    saved: str | None = None


Respond = Callable[[Submission], Reply]
