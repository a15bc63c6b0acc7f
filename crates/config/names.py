#!/usr/bin/env python3
"""Writes the names in src/keyboards.txt, src/timezones.txt and src/countries.txt anew: English and German; and src/zone_links.txt.

crates/config/names.py ROOT...   Debian trees with the packages xkb-data, tzdata and unicode-cldr-core; / is one, too.

Which keyboards and time zones there are is not decided here: the first column of a list stays as it is. Keyboards are named by
xkeyboard-config, cities and countries by the Unicode CLDR, countries in English by tzdata.
"""

import gettext
import pathlib
import sys
import unicodedata
import xml.etree.ElementTree as xml

LISTS = pathlib.Path(__file__).parent / "src"
ROOTS = [pathlib.Path(root) for root in sys.argv[1:]]
CLDR = "usr/share/unicode/cldr/common"
# Zones' regions that are no territories of the CLDR's.
OCEANS = {"Arctic": "Arktis", "Atlantic": "Atlantik", "Indian": "Indischer Ozean", "Pacific": "Pazifik"}
CONTINENTS = {"Africa": "002", "America": "019", "Antarctica": "AQ", "Asia": "142", "Australia": "AU", "Europe": "150"}


def find(path):
    """A file in the first tree that has it."""
    for root in ROOTS:
        if (root / path).exists():
            return root / path
    sys.exit(f"no tree has /{path}")


def rows(path):
    """The columns of each line that is no comment."""
    lines = path.read_text().splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def write(name, lines):
    text = "".join("\t".join(columns) + "\n" for columns in lines)
    (LISTS / name).write_text("".join(map(shown, text)))


def shown(letter):
    """The letter as the console's font, code page 437, can show it."""
    try:
        letter.encode("cp437")
        return letter
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKD", letter)[0].encode("ascii", "ignore").decode()
        return {"’": "'", "ø": "ö", "Ø": "Ö"}.get(letter, plain)


def keyboards():
    titles = {}
    section = ""
    for line in find("usr/share/X11/xkb/rules/base.lst").read_text().splitlines():
        if line.startswith("!"):
            section = line.split()[1]
        elif section == "layout" and line.strip():
            layout, title = line.split(None, 1)
            titles[layout] = title
        elif section == "variant" and line.strip():
            variant, layout, title = line.split(None, 2)
            titles[layout.rstrip(":") + ":" + variant] = title
    with open(find("usr/share/locale/de/LC_MESSAGES/xkeyboard-config.mo"), "rb") as file:
        german = gettext.GNUTranslations(file).gettext
    # A few German titles begin with an English word.
    named = [(name, titles[name], german(titles[name]).replace("English", "Englisch")) for name, *_ in rows(LISTS / "keyboards.txt")]
    write("keyboards.txt", sorted(named, key=lambda row: (row[1].split(" (")[0], row[1].lower())))


def places():
    german = xml.parse(find(f"{CLDR}/main/de.xml"))
    territories = {}
    for entry in german.iter("territory"):
        short = entry.get("alt") == "short" and len(entry.text) > 2
        if entry.get("alt") is None or short:
            territories[entry.get("type")] = entry.text
    cities = {zone.get("type"): zone.findtext("exemplarCity") for zone in german.iter("zone")}
    zones = [name for name, *_ in rows(LISTS / "timezones.txt")]
    for entry in xml.parse(find(f"{CLDR}/bcp47/timezone.xml")).iter("type"):
        first, *others = entry.get("alias", "").split() or [""]
        # A zone under its old name; two zones that became one stay two cities.
        for other in [] if first in zones else others:
            cities.setdefault(other, cities.get(first))
    regions = OCEANS | {name: territories[code] for name, code in CONTINENTS.items()}
    countries = {}
    lines = []
    for code, _, zone, *_ in rows(find("usr/share/zoneinfo/zone.tab")):
        countries.setdefault(code, []).append(zone)
    at = {zone: code for code, all in countries.items() for zone in all}
    for zone in zones:
        region, _, city = zone.partition("/")
        city = cities.get(zone) or city.rpartition("/")[2].replace("_", " ")
        named = f"{regions[region]}/{city}" if region in regions else zone
        lines.append((zone, at.get(zone, ""), zone.replace("_", " "), named))
    write("timezones.txt", lines)
    english = dict(rows(find("usr/share/zoneinfo/iso3166.tab")))
    # The first zone of a country is its most populous one.
    write("countries.txt", [(code, all[0], english[code], territories[code]) for code, all in sorted(countries.items())])


def links():
    """Names that zones had before, from tzdata's links (its files backward and etcetera, as tzdata.zi has them)."""
    zones = {name for name, *_ in rows(LISTS / "timezones.txt")}
    target = {}
    for line in find("usr/share/zoneinfo/tzdata.zi").read_text().splitlines():
        if line.startswith("L "):
            _, to, name = line.split()
            target[name] = to
    lines = []
    for name in sorted(set(target) - zones):
        to = target[name]
        while to not in zones and to in target:
            to = target[to]
        # GMT and its other names have the same clock.
        to = "UTC" if to in ("Etc/UTC", "Etc/GMT", "GMT") else to
        if to in zones:
            lines.append((name, to))
    # tzdata.zi has the zone itself where the list has not.
    lines += [(name, "UTC") for name in ("Etc/GMT", "GMT") if name not in zones and (name, "UTC") not in lines]
    write("zone_links.txt", sorted(lines))


keyboards()
places()
links()
