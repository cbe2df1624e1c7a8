"""Readers of exported files that share no code with the writers, each into one plain form.

They follow the published rules of the formats (Moodle's documentation of its XML, of Cloze and of
GIFT; the QTI 1.2 binding; Canvas's use of it; Anki's tables), and refuse what breaks them.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from lxml import etree


class FaultError(Exception):
    """A file breaks the rules of its format."""


@dataclass
class Read:
    """A question as a platform would have it.

    `answers` holds, for each part (one, but for embedded answers), rows of answer, worth in percent
    and feedback. An answer is text without markup, or a pair of numbers.
    """

    kind: str
    text: str = ""
    answers: list[list[tuple[object, float, str]]] = field(default_factory=list)
    after: str = ""
    tags: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    hint: str = ""


def need(holds: object, said: str) -> None:
    if not holds:
        raise FaultError(said)


def words(html: str) -> str:
    """Return the words of HTML; HTML that is not well formed is a fault."""
    if "<" in html:
        balanced = re.sub(r"<(br|img)\b[^>]*>", "", html)
        try:
            etree.fromstring(f"<x>{balanced}</x>".replace("&nbsp;", " "))
        except etree.XMLSyntaxError as error:
            raise FaultError(f"HTML: {error}") from None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def is_picture(png: bytes) -> bool:
    return png.startswith(b"\x89PNG\r\n\x1a\n") and png.rstrip().endswith(b"IEND\xaeB`\x82")


def pictures_of(html: str) -> list[str]:
    """Return the addresses of the pictures; each needs an alternative text."""
    found = re.findall(r"<img\b[^>]*>", html)
    need(all(re.search(r'alt="[^"]{20,}"', one) for one in found), "a picture has no words")
    return [unescape(re.search(r'src="([^"]*)"', one)[1]) for one in found]  # type: ignore[index]


# --- Moodle XML ---------------------------------------------------------------------------------

# The worths that Moodle knows; any other is refused at import.
_WORTHS = {0, 5, 10, 11.11111, 12.5, 14.28571, 16.66667, 20, 25, 30, 33.33333, 40, 50, 60, 66.66667,
           70, 75, 80, 83.33333, 90, 100}
_CLOZE = re.compile(r"\{(\d+):(MULTICHOICE|MC):(.*?)(?<!\\)\}", re.DOTALL)
_CLOZE_ANSWER = re.compile(r"%(-?\d+)%(.+?)(?<!&)#(.*)", re.DOTALL)


def _moodle_text(node: etree._Element | None) -> str:
    return (node.findtext("text") or "") if node is not None else ""


def _cloze(text: str) -> list[list[tuple[object, float, str]]]:
    parts = []
    for found in _CLOZE.finditer(text):
        need(int(found[1]) >= 1, "an embedded answer has no weight")
        rows: list[tuple[object, float, str]] = []
        for one in found[3].split("~"):
            answer = _CLOZE_ANSWER.fullmatch(one)
            need(answer, f"an embedded answer cannot be read: {one}")
            assert answer
            # Moodle decodes both once before they become HTML.
            shown, said = words(unescape(answer[2])), words(unescape(answer[3]))
            rows.append((shown, float(answer[1]), said))
        parts.append(rows)
    need(parts, "embedded answers without an answer")
    return parts


def moodle(content: bytes) -> dict[str, Read]:
    """Read Moodle XML: questions by their ID number."""
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError as error:
        raise FaultError(f"XML: {error}") from None
    need(root.tag == "quiz", "the root is not quiz")
    found: dict[str, Read] = {}
    category = ""
    for node in root:
        need(node.tag == "question", f"{node.tag} is no question")
        kind = node.get("type")
        if kind == "category":
            category = node.findtext("category/text") or ""
            need(category.startswith("$course$/"), "a category has no place")
            continue
        need(category, "a question before its category")
        known = {"multichoice", "cloze", "numerical", "shortanswer", "essay"}
        need(kind in known, f"unknown type {kind}")
        text = _moodle_text(node.find("questiontext"))
        need(_moodle_text(node.find("name")) and text, "a question needs name and text")
        need(node.find("questiontext").get("format") == "html", "a text without its format")
        files = {
            file.get("name"): base64.b64decode(file.text or "", validate=True)
            for file in node.findall("questiontext/file")
        }
        used = [address.removeprefix("@@PLUGINFILE@@/") for address in pictures_of(text)]
        need(sorted(used) == sorted(files), f"pictures {used}, files {list(files)}")
        need(all(map(is_picture, files.values())), "a file is no picture")
        rows: list[tuple[object, float, str]] = []
        for answer in node.findall("answer"):
            worth = float(answer.get("fraction"))
            need(abs(worth) in _WORTHS, f"Moodle knows no worth of {worth}")
            written = _moodle_text(answer)
            shown: object = written if kind == "shortanswer" else words(written)
            if kind == "numerical" and shown != "*":
                middle, room = float(str(shown)), float(answer.findtext("tolerance"))
                shown = (middle - room, middle + room)
            rows.append((shown, worth, words(_moodle_text(answer.find("feedback")))))
        answers = _cloze(text) if kind == "cloze" else [rows] if rows else []
        if kind in ("numerical", "shortanswer"):
            need(any(worth == 100 for _, worth, _ in rows), "no answer is right")
        if kind == "multichoice":
            single = node.findtext("single")
            need(single in ("true", "false"), "one answer or several?")
            need(node.findtext("shuffleanswers") == "false", "answers are shuffled")
            total = sum(worth for _, worth, _ in rows if worth > 0)
            need(abs(total - 100) < 0.01, f"right answers are worth {total}")
            need(single == "false" or [w for _, w, _ in rows].count(100) == 1, "one is not one")
        own = node.findtext("idnumber")
        need(own and own not in found, f"ID number {own} is missing or given twice")
        found[own] = Read(
            kind or "",
            words(_CLOZE.sub(" ", text) if kind == "cloze" else text),
            answers,
            words(_moodle_text(node.find("generalfeedback"))),
            [tag.findtext("text") or "" for tag in node.findall("tags/tag")],
            list(files.values()),
            words(_moodle_text(node.find("hint"))),
        )
        if kind == "essay":
            found[own].hint = words(_moodle_text(node.find("graderinfo")))
    return found


# --- QTI 1.2 ------------------------------------------------------------------------------------

# Content models of the elements used, after the QTI 1.2.1 binding (optional comments left out).
_QTI_MODELS = """
questestinterop assessment|(section|item)+
assessment (qtimetadata)*(section)+
section (qtimetadata)*(item|section)*
item (itemmetadata)?(presentation)?(resprocessing)*(itemfeedback)*
itemmetadata (qtimetadata)*
qtimetadata (qtimetadatafield)+
qtimetadatafield fieldlabel,fieldentry
presentation (material|response_lid|response_str)+
material (mattext)+
response_lid (material)?(render_choice|render_fib)
response_str (material)?(render_choice|render_fib)
render_choice (response_label)*
render_fib (response_label)*
response_label (material)*
resprocessing (outcomes)(respcondition)+
outcomes (decvar)+
respcondition (conditionvar)(setvar)*(displayfeedback)*
conditionvar (not|and|or|other|varequal|vargte|varlte)+
and (not|and|or|other|varequal|vargte|varlte)+
or (not|and|or|other|varequal|vargte|varlte)+
not (not|and|or|other|varequal|vargte|varlte)
itemfeedback (flow_mat|material)+
flow_mat (flow_mat|material)+
"""
_LEAVES = {"mattext", "fieldlabel", "fieldentry", "decvar", "setvar", "displayfeedback", "other",
           "varequal", "vargte", "varlte"}
_QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
_PACKAGE = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"


def _qti_dtd() -> etree.DTD:
    lines = []
    for line in _QTI_MODELS.strip().splitlines():
        name, model = line.split(" ", 1)
        sequence = re.sub(r"\)([?*+]?)\(", r")\1,(", model)
        sequence = re.sub(r"\)([?*+]?)\(", r")\1,(", sequence)
        lines.append(f"<!ELEMENT {name} ({sequence})>")
    lines += [f"<!ELEMENT {name} (#PCDATA)>" for name in sorted(_LEAVES)]
    lines += [
        f"<!ATTLIST {name} ident CDATA #REQUIRED title CDATA #IMPLIED>"
        for name in ("assessment", "section", "item")
    ]
    for name in ("response_lid", "response_str"):
        lines.append(
            f"<!ATTLIST {name} ident CDATA #REQUIRED "
            "rcardinality (Single|Multiple|Ordered) 'Single'>"
        )
    for name in ("response_label", "itemfeedback"):
        lines.append(f"<!ATTLIST {name} ident CDATA #REQUIRED>")
    lines += [f"<!ATTLIST {name} respident CDATA #REQUIRED>" for name in
              ("varequal", "vargte", "varlte")]
    lines += [
        "<!ATTLIST render_fib fibtype (String|Integer|Decimal|Scientific) 'String'>",
        "<!ATTLIST mattext texttype CDATA 'text/plain'>",
        "<!ATTLIST respcondition continue (Yes|No) 'No' title CDATA #IMPLIED>",
        "<!ATTLIST setvar varname CDATA 'SCORE' "
        "action (Set|Add|Subtract|Multiply|Divide) 'Set'>",
        "<!ATTLIST displayfeedback feedbacktype (Response|Solution|Hint) 'Response' "
        "linkrefid CDATA #REQUIRED>",
        "<!ATTLIST decvar maxvalue CDATA #IMPLIED minvalue CDATA #IMPLIED "
        "varname CDATA 'SCORE' vartype CDATA 'Integer'>",
    ]
    return etree.DTD(io.StringIO("\n".join(lines)))


def _plain_names(root: etree._Element) -> etree._Element:
    for node in root.iter():
        need(node.tag.startswith(_QTI), f"{node.tag} is not of QTI 1.2")
        node.tag = node.tag.removeprefix(_QTI)
    etree.cleanup_namespaces(root)
    return root


def _qti_item(item: etree._Element, names: set[str]) -> Read:
    fields: dict[str, list[str]] = {}
    for one in item.iter("qtimetadatafield"):
        fields.setdefault(one.findtext("fieldlabel"), []).append(one.findtext("fieldentry") or "")
    kind = fields["question_type"][0]
    html = item.findtext("presentation/material/mattext") or ""
    paths = [one.replace("%24IMS-CC-FILEBASE%24/", "") for one in pictures_of(html)]
    need(all(path in names for path in paths), f"{paths} are not in the package")
    said = {
        one.get("ident"): words(one.findtext(".//mattext") or "")
        for one in item.iter("itemfeedback")
    }
    shown = {one.get("linkrefid") for one in item.iter("displayfeedback")}
    need(shown == set(said), f"feedback {shown ^ set(said)} is shown or there, not both")
    labels = [one.get("ident") for one in item.iter("response_label")]
    need(len(set(labels)) == len(labels) or kind == "essay_question", "two answers of one name")
    need(kind in ("essay_question", "numerical_question", "short_answer_question")
         or fields["original_answer_ids"] == [",".join(labels)], "answers in another order")
    scores: dict[tuple[str, str], float] = {}
    numbers: list[tuple[object, float, str]] = []
    for condition in item.iter("respcondition"):
        given = condition.find("setvar")
        if given is None:
            continue
        asked = condition.find("conditionvar")
        low, high = asked.findtext("vargte"), asked.findtext("varlte")
        if low is not None:
            numbers.append(((float(low), float(high)), 100.0, said.get("correct_fb", "")))
            continue
        for one in asked.iter("varequal"):
            if one.getparent().tag != "not":
                scores[one.get("respident"), one.text] = float(given.text)
    parts: list[list[tuple[object, float, str]]] = []
    for response in item.iter("response_lid"):
        own = response.get("ident")
        if kind == "multiple_dropdowns_question":
            blank = own.removeprefix("response_")
            need(f"[{blank}]" in html, f"the text has no place for {blank}")
            need(response.findtext("material/mattext") == blank, f"{blank} has another name")
        rows: list[tuple[object, float, str]] = []
        for label in response.iter("response_label"):
            name = label.get("ident")
            # Canvas finds the feedback of an answer in a list box by a number alone.
            need(re.fullmatch(r"\d+", name), f"{name} is no number")
            worth = scores.get((own, name), 0.0)
            mattext = label.find("material/mattext")
            shown_text = mattext.text or ""
            if mattext.get("texttype") == "text/html":
                shown_text = words(shown_text)
            rows.append((shown_text, worth, said.get(f"{name}_fb", "")))
        need(any(worth for _, worth, _ in rows), f"{item.get('ident')}: no answer is right")
        parts.append(rows)
    if kind == "numerical_question":
        exact = [((float(text), float(text)), worth, said.get("correct_fb", ""))
                 for (_, text), worth in scores.items()]
        parts = [numbers + exact]
    if kind == "short_answer_question":
        parts = [[(text, worth, said.get("correct_fb", "")) for (_, text), worth in scores.items()]]
    return Read(kind, words(re.sub(r"\[part\d+\]", " ", html)), parts, said.get("general_fb", ""),
                fields.get("qmd_topic", []), [], said.get("general_incorrect_fb", ""))


def qti(content: bytes) -> dict[str, Read]:
    """Read a QTI package: manifest, quizzes and pictures; questions by their id."""
    found: dict[str, Read] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        need(archive.testzip() is None, "the package is damaged")
        names = set(archive.namelist())
        manifest = etree.fromstring(archive.read("imsmanifest.xml"))
        listed = {one.get("href") for one in manifest.iter(f"{_PACKAGE}file")}
        need(listed | {"imsmanifest.xml"} == names, f"the manifest differs: {listed ^ names}")
        ids = [one.get("identifier") for one in manifest.iter(f"{_PACKAGE}resource")]
        need(len(set(ids)) == len(ids), "two resources of one name")
        wanted = {one.get("identifierref") for one in manifest.iter(f"{_PACKAGE}dependency")}
        need(wanted <= set(ids), "a resource depends on what is not there")
        for name in sorted(names):
            if name.endswith(".png"):
                need(is_picture(archive.read(name)), f"{name} is no picture")
        for one in manifest.iter(f"{_PACKAGE}resource"):
            if one.get("type") != "imsqti_xmlv1p2":
                continue
            try:
                whole = etree.fromstring(archive.read(one[0].get("href")))
            except etree.XMLSyntaxError as error:
                raise FaultError(f"XML: {error}") from None
            root = _plain_names(whole)
            dtd = _qti_dtd()
            need(dtd.validate(root), str(dtd.error_log.filter_from_errors()[:1]))
            count = len(list(root.iter("item")))
            about = archive.read(f"{one.get('identifier')}/assessment_meta.xml")
            settings = {node.tag.rpartition("}")[2]: node.text for node in etree.fromstring(about)}
            need(float(settings["points_possible"]) == count, "other points than questions")
            need(settings["available"] == "false", "the quiz is published")
            for item in root.iter("item"):
                ident = re.fullmatch(r"mali_course_(\d\d)_(\d\d)", item.get("ident"))
                need(ident, f"a name of another form: {item.get('ident')}")
                name = f"{ident[1]}-{ident[2]}"  # type: ignore[index]
                need(name not in found, "two questions of one name")
                found[name] = _qti_item(item, names)
                html = item.findtext("presentation/material/mattext") or ""
                for address in pictures_of(html):
                    path = address.replace("%24IMS-CC-FILEBASE%24/", "")
                    found[name].pictures.append(archive.read(path))
    return found


# --- GIFT ---------------------------------------------------------------------------------------

_ESCAPED = {f"\\{sign}": f"\0{ord(sign)}\0" for sign in ":#={}~"}


def _gift_back(text: str) -> str:
    text = re.sub(r"\0(\d+)\0", lambda found: chr(int(found[1])), text)
    return text.replace("\1", "\\").strip()


def _gift_rows(kind: str, body: str) -> list[tuple[object, float, str]]:
    rows: list[tuple[object, float, str]] = []
    wrong = ""
    if kind == "numerical" and "~" in body:
        body, _, wrong = body.partition("~")
    marks = re.findall(r"([=~])([^=~]*)", body)
    for sign, one in marks:
        share, text = re.fullmatch(r"\s*(?:%(-?[\d.]+)%)?(.*)", one, re.DOTALL).groups()  # type: ignore[union-attr]
        text, _, feedback = text.partition("#")
        worth = float(share) if share else 100.0 if sign == "=" else 0.0
        shown: object = _gift_back(text) if kind == "shortanswer" else words(_gift_back(text))
        if kind == "numerical":
            middle, _, room = _gift_back(text).partition(":")
            shown = (float(middle) - float(room), float(middle) + float(room))
        rows.append((shown, worth, words(_gift_back(feedback))))
    if wrong:
        rows.append(("*", 0.0, words(_gift_back(wrong.partition("#")[2]))))
    return rows


def gift(content: bytes) -> dict[str, Read]:
    """Read GIFT as Moodle does: escapes first, then the signs; questions by the id before them."""
    found: dict[str, Read] = {}
    for block in re.split(r"\n\s*\n", content.decode().strip()):
        lines = block.splitlines()
        about = " ".join(line for line in lines if line.startswith("//"))
        text = "\n".join(line for line in lines if not line.startswith("//"))
        if text.startswith("$CATEGORY:"):
            rest = text.partition("\n")[2].strip()
            need(not rest, "a category and a question in one")
            continue
        text = text.replace("\\\\", "\1")
        for sign, place in _ESCAPED.items():
            text = text.replace(sign, place)
        need(text.count("{") == 1 and text.count("}") == 1, f"braces: {text[:60]}")
        name = re.match(r"::(.*?)::\[html\]", text)
        need(name, "a question has no name or no format")
        assert name
        start, _, rest = text[name.end():].partition("{")
        body, _, end = rest.partition("}")
        need(not end.strip(), "text after the answers")
        body, _, after = body.rpartition("####")
        body = body.strip()
        kind = ("essay" if not body else "numerical" if body.startswith("#")
                else "multichoice" if "~" in body else "match" if "->" in body else "shortanswer")
        html = _gift_back(start)
        own = re.search(r"\[id:([^\]]+)\]", about)
        need(own and own[1] not in found, "an id is missing or given twice")
        assert own
        addresses = pictures_of(html)
        need(all(one.startswith("data:image/png;base64,") for one in addresses), "no data address")
        one = Read(
            kind,
            words(re.sub(r"<img[^>]*>", " ", html)),
            after=words(_gift_back(after)),
            tags=re.findall(r"\[tag:([^\]]+)\]", about),
            pictures=[base64.b64decode(a.partition(",")[2], validate=True) for a in addresses],
        )
        need(all(map(is_picture, one.pictures)), "an address holds no picture")
        if kind == "match":
            pairs = [part.partition("->") for part in body.split("=") if part.strip()]
            one.answers = [
                [(words(_gift_back(left)), 100.0, _gift_back(right)) for left, _, right in pairs]
            ]
        elif kind != "essay":
            one.answers = [_gift_rows(kind, body.removeprefix("#"))]
            rows = one.answers[0]
            need(sum(w for _, w, _ in rows if w > 0) > 99.99, f"{own[1]}: no answer is right")
        found[own[1]] = one
    return found


# --- Anki and tables ----------------------------------------------------------------------------


def anki(content: bytes) -> tuple[dict[str, dict[str, str]], dict[str, bytes]]:
    """Read an Anki package with SQLite: notes by their guid, and media."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, tempfile.TemporaryDirectory() as place:
        media = json.loads(archive.read("media"))
        pictures = {name: archive.read(number) for number, name in media.items()}
        file = Path(place) / "collection.anki2"
        file.write_bytes(archive.read("collection.anki2"))
        with sqlite3.connect(file) as base:
            need(base.execute("pragma integrity_check").fetchone() == ("ok",), "damaged")
            models = json.loads(base.execute("select models from col").fetchone()[0])
            decks = json.loads(base.execute("select decks from col").fetchone()[0])
            rows = base.execute(
                "select n.guid, n.mid, n.flds, n.tags, n.mod, c.did from notes n "
                "join cards c on c.nid = n.id"
            ).fetchall()
        base.close()
    found: dict[str, dict[str, str]] = {}
    for guid, model, fields, tags, changed, deck in rows:
        names = [one["name"] for one in models[str(model)]["flds"]]
        values = fields.split("\x1f")
        need(len(names) == len(values), "a note has another number of fields")
        need(guid not in found, f"guid {guid} is given twice")
        found[guid] = {
            **dict(zip(names, values, strict=True)), "tags": tags, "deck": decks[str(deck)]["name"],
            "changed": str(changed),
        }
        for name in ("Question", "Answer"):
            words(re.sub(r"<input[^>]*>", "", found[guid][name]))
            for address in pictures_of(found[guid][name]):
                need(address in pictures, f"{address} is not in the package")
    need(all(map(is_picture, pictures.values())), "a medium is no picture")
    return found, pictures


def table(content: bytes) -> list[dict[str, str]]:
    """Read a CSV table as a spreadsheet would, and refuse every cell that it would compute."""
    need(content.startswith(b"\xef\xbb\xbf"), "no byte order mark")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    for row in rows:
        for cell in row.values():
            number = re.fullmatch(r"[+-]?[0-9.]+", cell)
            need(number or not cell.lstrip().startswith(("=", "+", "-", "@")), f"formula: {cell}")
            need(not cell.startswith(("\t", "\r", "\n")), f"formula: {cell!r}")
    return rows


# For each format its reader.
READERS: Mapping[str, Callable[[bytes], Any]] = {
    "moodle": moodle, "qti": qti, "gift": gift, "anki": anki, "csv": table,
}
