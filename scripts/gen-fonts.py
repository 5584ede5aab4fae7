#!/usr/bin/python3
"""Make the fonts that internal/print embeds, from Debian's packages:

    apt-get install fonts-noto-core fonts-droid-fallback fonts-nanum \
        fonts-dejavu-core python3-fonttools
    /usr/bin/python3 scripts/gen-fonts.py

Every face is cut to the characters we take from it, loses hinting and layout
tables (the PDF writer reads neither) and is compressed. The committed files
were made from fonts-noto-core 20201225-1, fonts-droid-fallback
1:6.0.1r16-1.1, fonts-nanum 20200506-1, fonts-dejavu-core 2.37-6 and fonttools
4.38.0; the same versions give the same bytes.
"""

import gzip
import io
import os
import re

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = "/usr/share/fonts/truetype"
DOC = "/usr/share/doc"
OUT = os.path.join(os.path.dirname(__file__), "..", "internal", "print", "fonts")

# Latin with all diacritics (Vietnamese, pinyin, McCune-Reischauer), Greek,
# Cyrillic, punctuation, currencies.
LATIN = ("0020-007E 00A0-024F 02B0-036F 0370-03FF 0400-052F 1E00-1EFF 2000-2027 202F-205F "
         "2070-209F 20A0-20BF 2100-214F 2212 2248 2260 2264-2265 FB00-FB06 FFFD")
# Arabic letters and the presentation forms that stand for joined ones.
ARABIC = "0020 0600-06FF 0750-077F FB50-FDFF FE70-FEFC"
HEBREW = "0020 0590-05FF FB1D-FB4F"
THAI = "0020 0E00-0E7F"
LAO = "0020 0E80-0EFF"
# Signs that office texts use: arrows, circled numbers, boxes, ticks.
SIGNS = "0020 203B 2190-21FF 2460-2473 25A0-25FF 2605-2606 2610-2612 2713-2718"
HANGUL = "0020 1100-11FF 3130-318F 3200-321E 3260-327F A960-A97C AC00-D7A3"
HANZI = "0020 2E80-2FDF 3000-312F 3190-31FF 3220-325F 3280-4DB5 4E00-9FFF F900-FAFF FE30-FE4F FF00-FFEF"

CUTS = [
    ("noto/NotoSans-Regular.ttf", LATIN, None),
    ("noto/NotoSans-Bold.ttf", LATIN, None),
    ("noto/NotoSans-Italic.ttf", LATIN, None),
    ("noto/NotoSansArabic-Regular.ttf", ARABIC, None),
    ("noto/NotoSansArabic-Bold.ttf", ARABIC, None),
    ("noto/NotoSansHebrew-Regular.ttf", HEBREW, None),
    ("noto/NotoSansHebrew-Bold.ttf", HEBREW, None),
    ("noto/NotoSansThai-Regular.ttf", THAI, None),
    ("noto/NotoSansThai-Bold.ttf", THAI, None),
    ("noto/NotoSansLao-Regular.ttf", LAO, None),
    ("noto/NotoSansLao-Bold.ttf", LAO, None),
    ("dejavu/DejaVuSans.ttf", SIGNS, None),
    # Nanum is a reserved name: a cut face must be called something else.
    ("nanum/NanumGothic.ttf", HANGUL, "AsylonHangul-Regular"),
    ("nanum/NanumGothicBold.ttf", HANGUL, "AsylonHangul-Bold"),
    ("droid/DroidSansFallbackFull.ttf", HANZI, None),
]


def code_points(text):
    for part in text.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def cut(path, text, name):
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "DSIG", "vhea", "vmtx", "VORG", "FFTM",
                            "TSI0", "TSI1", "TSI2", "TSI3", "TSI5", "gasp"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = subset.load_font(os.path.join(FONTS, path), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(code_points(text)))
    cutter.subset(font)
    if name:
        family = name.partition("-")[0]
        for record in list(font["name"].names):
            if record.nameID in (1, 3, 4, 6):
                font["name"].setName(family if record.nameID == 1 else name, record.nameID,
                                     record.platformID, record.platEncID, record.langID)
    font["name"].names = [r for r in font["name"].names if r.platformID == 3 and r.langID == 0x409]
    raw = io.BytesIO()
    subset.save_font(font, raw, options)
    base = (name or os.path.basename(path).removesuffix(".ttf")) + ".ttf.gz"
    with open(os.path.join(OUT, base), "wb") as out:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=0) as z:
            z.write(raw.getvalue())


def quoted_licence(package, name):
    """The text of a licence from a Debian copyright file, without its marks."""
    with open(os.path.join(DOC, package, "copyright"), encoding="utf-8") as f:
        whole = f.read()
    texts = re.findall(r"^License: " + name + r"\n((?: .*\n)+)", whole, re.M)
    lines = max(texts, key=len).splitlines()
    return "\n".join("" if line == " ." else line[1:] for line in lines) + "\n"


def main():
    os.makedirs(OUT, exist_ok=True)
    for path, text, name in CUTS:
        cut(path, text, name)
    licences = {
        "LICENSE-Noto-OFL.txt": "Copyright 2010-2020 Google LLC and Google Inc. (Noto fonts)\n\n" + quoted_licence("fonts-noto-core", "OFL-1.1"),
        "LICENSE-Nanum-OFL.txt": quoted_licence("fonts-nanum", "OFL-1.1"),
        "LICENSE-DejaVu.txt": "Copyright (c) 2003 by Bitstream, Inc. All Rights Reserved. Bitstream Vera is a\n"
        "trademark of Bitstream, Inc. DejaVu changes are in public domain.\n\n" + quoted_licence("fonts-dejavu-core", "bitstream-vera"),
        "LICENSE-Droid-Apache-2.0.txt": open("/usr/share/common-licenses/Apache-2.0").read(),
    }
    for name, text in licences.items():
        with open(os.path.join(OUT, name), "w", encoding="utf-8") as f:
            f.write(text)


main()
