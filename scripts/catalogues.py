"""Brings `locales/*.po` in step with the English sentences: new ones empty, changed ones fuzzy, gone ones out. Names what is open.

python scripts/catalogues.py            after an English sentence was added or changed, or two branches were merged
python scripts/catalogues.py --check    writes nothing, and names also a catalogue that would be written otherwise
python scripts/catalogues.py words.tsv  also takes translations in: language, id, and the sentence or its plural forms, between tabs
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.pofile import read_po

from provcheck.report.catalogue import FORMS, LANGUAGES, SOURCE, UNREVIEWED, Template, source

LOCALES = Path(__file__).parent.parent / "src" / "provcheck" / "report" / "locales"
NAMES = {"de": "German", "uk": "Ukrainian", "ru": "Russian", "kk": "Kazakh", "fr": "French"}
SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "uk": SLAVIC,
    "ru": SLAVIC,
    "kk": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}
NOTE = "NOT REVIEWED BY A NATIVE SPEAKER. Whoever has reviewed it all becomes its Last-Translator; reports then no longer say so."
HEAD = """\
# {name} sentences of provcheck's report. msgctxt is the id of the English sentence, msgid the English sentence that was translated.
# {note}
msgid ""
msgstr ""
"Project-Id-Version: provcheck\\n"
"Language: {lang}\\n"
"Last-Translator: {by}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"""
Entry = tuple[tuple[str, ...], tuple[str, ...], bool]  # English, translated, fuzzy


def main() -> int:
    check = "--check" in sys.argv
    given = {} if check or len(sys.argv) < 2 else dict(_given(Path(sys.argv[1])))
    left = [line for lang in LANGUAGES if lang != SOURCE for line in _step(lang, given, check)]
    sys.stdout.writelines(f"{line}\n" for line in left)
    return 1 if left else 0


def _step(lang: str, given: Mapping[tuple[str, str], tuple[str, ...]], check: bool) -> list[str]:
    """Brings one catalogue in step (unless it is only checked), and names what is open in it."""
    path = LOCALES / f"{lang}.po"
    by, old = _read(path)
    new = {id_: _entry(template, old.get(id_), given.get((lang, id_)), FORMS[lang]) for id_, template in source().items()}
    left = [f"{lang}: {id_}" for id_, (_, words, fuzzy) in new.items() if fuzzy or not all(words)]
    written = _written(lang, by, new)
    if not check:
        path.write_text(written, encoding="utf-8", newline="\n")
    elif not left and written != path.read_text(encoding="utf-8"):
        left = [f"{lang}: run scripts/catalogues.py"]
    return left


def _given(path: Path) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line:
            lang, id_, *words = line.split("\t")
            yield (lang, id_), tuple(words)


def _read(path: Path) -> tuple[str, dict[str, Entry]]:
    """Who reviewed it last, and its entries."""
    if not path.is_file():
        return UNREVIEWED, {}
    catalog = read_po(path.read_text(encoding="utf-8").splitlines())
    entries = {one.context: (_tuple(one.id), _tuple(one.string), one.fuzzy) for one in catalog if one.context}
    return catalog.last_translator, entries


def _entry(template: Template, old: Entry | None, given: tuple[str, ...] | None, forms: tuple[str, ...]) -> Entry:
    english = tuple(template.values()) if isinstance(template, Mapping) else (template,)
    size = len(forms) if len(english) > 1 else 1
    if given is not None:
        if len(given) != size:
            raise SystemExit(f"{english[0]}: {size} forms are needed, {len(given)} were given")
        return english, given, False
    if old is None or len(old[1]) != size:
        return english, ("",) * size, False
    return english, old[1], any(old[1]) and (old[2] or old[0] != english)


def _written(lang: str, by: str, entries: Mapping[str, Entry]) -> str:
    note = NOTE if by == UNREVIEWED else "Reviewed by a native speaker."
    head = HEAD.format(name=NAMES[lang], note=note, lang=lang, by=by, plurals=PLURALS[lang])
    return "\n".join([head, *(_block(id_, entry) for id_, entry in entries.items())])


def _block(id_: str, entry: Entry) -> str:
    english, words, fuzzy = entry
    lines = ["#, fuzzy"] if fuzzy else []
    lines += [f"msgctxt {_quoted(id_)}", f"msgid {_quoted(english[0])}"]
    if len(english) == 1:
        lines.append(f"msgstr {_quoted(words[0])}")
    else:
        lines.append(f"msgid_plural {_quoted(english[-1])}")
        lines += [f"msgstr[{number}] {_quoted(form)}" for number, form in enumerate(words)]
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _tuple(words: object) -> tuple[str, ...]:
    return tuple(map(str, words)) if isinstance(words, (tuple, list)) else (str(words),)


if __name__ == "__main__":
    raise SystemExit(main())
