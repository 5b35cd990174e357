"""Command that refreshes what the tests of the shipped texture model need, after a new training.

    python tests/ml/make_held_out.py --test data/materials/test --classifier runs/classifier.pt

Writes tests/ml/data/held_out.png (two held-out renders of each family at 64 px, one row per family in the order of
``ml.families``) and copies the classifier beside it.
"""

import argparse
import shutil
import sys
from pathlib import Path

import torch
from PIL import Image

REPOSITORY = Path(__file__).resolve().parents[2]
PER_FAMILY = 2
PX = 64


def main() -> int:
    sys.path.insert(0, str(REPOSITORY))
    from ml.families import FAMILIES
    from ml.train.data import load_pictures

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--test", type=Path, required=True)
    parser.add_argument("--classifier", type=Path, required=True)
    options = parser.parse_args()
    pictures = load_pictures(options.test, "*_albedo.png", periodic=True, px=PX)
    rows = []
    for index in range(len(FAMILIES)):
        own = pictures.images[pictures.classes == index]
        # far apart in the list, so that neighbouring seeds cannot share a look by chance
        rows.append(torch.cat(list(own[:: max(1, len(own) // PER_FAMILY)][:PER_FAMILY]), dim=2))
    sheet = torch.cat(rows, dim=1)  # (3, 32 * 64, 2 * 64)
    target = REPOSITORY / "tests" / "ml" / "data"
    target.mkdir(exist_ok=True)
    Image.fromarray(sheet.permute(1, 2, 0).contiguous().numpy()).save(target / "held_out.png", optimize=True)
    shutil.copyfile(options.classifier, target / "material_classifier.pt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
