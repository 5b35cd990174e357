"""From a checkpoint to a shipped model: ONNX file, parity with torch, figures, model card."""
