"""Makes numbers at random and writes each in words as the host's in_words does, with every version of num2words at hand.

number_words.py SEED COUNT: COUNT numbers of each language, one JSON line each, {"versions": v, "lang": l, "in_million": b,
"number": n, "words": [w...]} with a text for each version, sorted by version.
Versions are the folders number-words/VERSION on Python's path, as pip fills them; without any, the one that is installed.
Exit status 3: there is no num2words.
"""
import importlib
import json
import pathlib
import random
import sys

rng = random.Random(int(sys.argv[1]))
count = int(sys.argv[2])


def load(folder):
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module("num2words").num2words
    except ImportError:
        return None
    finally:
        sys.path.pop(0)
        for name in [name for name in sys.modules if name.split(".")[0] == "num2words"]:
            del sys.modules[name]


folders = [folder for place in sys.path for folder in pathlib.Path(place or ".").glob("number-words/*")]
folders.sort(key=lambda folder: [int(part) for part in folder.name.split(".")])
versions = [function for function in map(load, folders or [""]) if function]
if not versions:
    sys.exit(3)

# What this engine knows, by the codes that select it, and codes that num2words lacks in every version.
KNOWN = ["ar", "de", "de-CH", "en", "en-GB", "en_NG", "es", "es-MX", "es_CO", "fr", "fr-CA", "fr_BE", "fr_CH", "fr_DZ", "it", "nl", "pt", "pt-BR", "el", "zh-TW"]
# The host's other languages, and other names that num2words has had: a few numbers of each.
OTHERS = ("af am az be bg bn bs by ca ce cs cy cz da da-DK dk en-IN en-US eo es_CR es_GT es_NI es_VE es-AR es-BO es-CL es-CO es-DO es-EC es-GT es-NI es-PE es-PY et eu fa fi fil gu he hi hr hu id is ja"
          " km kn ko ku kz lo lt lv mk ml mn mr ms my nb no pl ps pt_BR ro ru rw si sk sl sq sr sr-BA sr-SP sv sw ta te tet tg th tr uk ur uz vi vn zh").split()

EDGES = sorted({*range(0, 132), *(h + r for h in range(200, 1000, 100) for r in (0, 1, 3, 8, 16, 18, 21, 71, 80, 81, 99)),
                *(k * 10**e + d for e in (3, 4, 5, 6, 7, 9, 10, 11, 12, 15, 18, 26, 27, 33) for k in (1, 2, 3, 21, 80, 99, 100, 101, 200, 999)
                  for d in (-1, 0, 1, 21, 80, 100, 101, 1000, 1100) if 0 <= k * 10**e + d < 10**36), 1999, 2000})


def number():
    digits = rng.choice([2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 15, 18, 21, 27, 30, 35])
    if rng.random() < 0.4:
        drawn = int("".join(rng.choice("00012138789") for _ in range(digits)))
    elif rng.random() < 0.2:
        drawn = rng.randrange(1000) * 1000 ** rng.randrange(11)
    else:
        drawn = rng.randrange(10**digits)
    return -drawn if rng.random() < 0.1 else drawn


def in_words(num2words, number, lang, in_million):
    """The host's rule: English for a language that num2words lacks, or that cannot say so large a number."""
    try:
        words = num2words(number, lang=lang if in_million else "en_IN")
    except (NotImplementedError, OverflowError):
        words = num2words(number, lang="en")
    return words.replace("-", " ")


def answer(lang, number, in_million=True):
    words = []
    for num2words in versions:
        try:
            words.append(in_words(num2words, number, lang, in_million))
        except Exception as error:  # An error of the library's own is an answer too, which no text equals.
            words.append({"error": [type(error).__name__, str(error)]})
    print(json.dumps({"versions": len(versions), "lang": lang, "in_million": in_million, "number": str(number), "words": words}))


for lang, in_million in [*((lang, True) for lang in KNOWN), ("fr", False)]:
    drawn = (EDGES + [-number for number in EDGES[1:140]])[:count]
    for drawn_number in drawn + [number() for _ in range(count - len(drawn))]:
        answer(lang, drawn_number, in_million)
for lang in OTHERS:
    # Small ones: some of these never come back from a large or negative number.
    for drawn_number in [0, 1, 21] + [rng.randrange(2000) for _ in range(count // 100)]:
        answer(lang, drawn_number)
