"""Film shots built and rendered with full ground truth: ``python -m ml.datagen.shots --help``."""
