"""Stores an ONNX file's weights with 16 bits each: half the bytes to ship, and the same arithmetic with 32 bits.

Every large weight becomes a 16-bit one that a Cast makes 32 bits wide again; ONNX Runtime does that once, as it loads
the file. What the rounding changes is small, and for the caller to measure and to say.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

__all__ = ["store_half"]

LEAST_NUMBERS = 1024
"""Smaller weights stay as they are: nothing is gained by them."""
_LARGEST = float(np.finfo(np.float16).max)


def store_half(path: Path) -> None:
    """Rewrite the file at ``path``. Its weights keep their names, as 16-bit numbers.

    Raises ValueError when a weight is too large for 16 bits.
    """
    model = onnx.load(str(path))
    graph, casts, wide = model.graph, [], {}
    for weight in graph.initializer:
        if weight.data_type != TensorProto.FLOAT or np.prod(weight.dims) < LEAST_NUMBERS:
            continue
        values = numpy_helper.to_array(weight)
        if not float(np.abs(values).max()) <= _LARGEST:  # written so that NaN is refused too
            raise ValueError(f"{weight.name} does not fit into 16 bits")
        name = wide[weight.name] = f"{weight.name}_wide"
        weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), weight.name))
        casts.append(helper.make_node("Cast", [weight.name], [name], to=TensorProto.FLOAT))
    for node in graph.node:
        for place, used in enumerate(node.input):
            node.input[place] = wide.get(used, used)
    # a graph's nodes stand in the order in which they are computed
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    # shapes noted beside the nodes name the weights as what they were
    kept = [note for note in graph.value_info if note.name not in wide]
    del graph.value_info[:]
    graph.value_info.extend(kept)
    onnx.checker.check_model(model, full_check=True)
    partial = path.with_suffix(".partial")
    partial.write_bytes(model.SerializeToString(deterministic=True))
    partial.replace(path)
