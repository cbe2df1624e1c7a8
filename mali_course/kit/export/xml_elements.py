"""XML as nested calls: an element with what is inside it."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

__all__ = ["Element", "el", "xml_bytes"]

Element = Xml.Element


def el(tag: str, *inside: Element | str, **attributes: str) -> Element:
    """Return an element with a text or with other elements inside.

    Parameters
    ----------
    tag : str
    *inside : Element or str
    **attributes : str
        A line at the end of a name is left out, and others stand for colons: ``continue_`` is
        ``continue``, ``xmlns_imsmd`` is ``xmlns:imsmd``.

    Examples
    --------
    >>> Xml.tostring(el("p", el("b", "bold"), xml_lang="en"))
    b'<p xml:lang="en"><b>bold</b></p>'
    """
    element = Xml.Element(
        tag, {name.rstrip("_").replace("_", ":"): value for name, value in attributes.items()}
    )
    for part in inside:
        if isinstance(part, str):
            element.text = part
        else:
            element.append(part)
    return element


def xml_bytes(root: Element) -> bytes:
    """Return a whole file, indented."""
    Xml.indent(root)
    content: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"
