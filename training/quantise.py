"""Makes f32.onnx small, in either of two forms.

  stored   weights are kept as int8, one scale a column, and widened when the file is loaded: all sums are in f32
  dynamic  matrix products are done in int8 (MatMulInteger), activations quantised as they come

In both the table of word pieces is int8, one scale a row, and only the rows looked up are widened."""
import argparse
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALL = 2048   # tensors with fewer numbers stay in f32


def int8(values, axis):
    """Symmetric int8 with one scale a slice of `axis`."""
    other = tuple(i for i in range(values.ndim) if i != axis)
    scale = np.abs(values).max(axis=other, keepdims=True) / 127.0
    scale = np.where(scale == 0, 1.0, scale).astype(np.float32)
    return np.clip(np.rint(values / scale), -127, 127).astype(np.int8), scale


def piece_table(model):
    """Gather from an int8 table, then Cast and Mul by the row's scale."""
    graph = model.graph
    weights = {t.name: t for t in graph.initializer}
    node = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] in weights
                and weights[n.input[0]].dims[0] > 10000)
    table = weights[node.input[0]]
    q, scale = int8(numpy_helper.to_array(table), 0)
    graph.initializer.remove(table)
    graph.initializer.extend([numpy_helper.from_array(q, "pieces.int8"), numpy_helper.from_array(scale, "pieces.scale")])
    at = list(graph.node).index(node)
    ids, out = node.input[1], node.output[0]
    graph.node.remove(node)
    for k, n in enumerate([helper.make_node("Gather", ["pieces.int8", ids], ["pieces.rows"], axis=0),
                           helper.make_node("Cast", ["pieces.rows"], ["pieces.wide"], to=TensorProto.FLOAT),
                           helper.make_node("Gather", ["pieces.scale", ids], ["pieces.factor"], axis=0),
                           helper.make_node("Mul", ["pieces.wide", "pieces.factor"], [out])]):
        graph.node.insert(at + k, n)


def stored(model, keep=()):
    """Every large matrix that a product or a table look-up reads, as int8 with DequantizeLinear before it."""
    graph = model.graph
    used = {}
    for n in graph.node:
        for i, name in enumerate(n.input):
            used.setdefault(name, []).append((n, i))
    new = []
    for t in list(graph.initializer):
        if t.data_type != TensorProto.FLOAT or len(t.dims) != 2 or np.prod(t.dims) < SMALL or t.name in keep:
            continue
        if t.name == "pieces.scale":
            continue
        n, i = used[t.name][0]
        # A product's right-hand matrix has a scale a column (Gemm may hold it transposed); a table, a scale a row.
        axis = 0 if n.op_type in ("Gather", "Slice") else 1
        if n.op_type == "Gemm" and any(a.name == "transB" and a.i for a in n.attribute):
            axis = 0
        q, scale = int8(numpy_helper.to_array(t), axis)
        graph.initializer.remove(t)
        graph.initializer.extend([numpy_helper.from_array(q, t.name + ".int8"),
                                  numpy_helper.from_array(scale.reshape(-1), t.name + ".scale")])
        new.append(helper.make_node("DequantizeLinear", [t.name + ".int8", t.name + ".scale"], [t.name], axis=axis))
    for k, n in enumerate(new):
        graph.node.insert(k, n)
    return len(new)


def dynamic(source, target, leave=()):
    from onnxruntime.quantization import QuantType, quantize_dynamic
    quantize_dynamic(source, target, op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8,
                     nodes_to_exclude=list(leave), extra_options={"MatMulConstBOnly": True})


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--folder", default="../target/training/export")
    p.add_argument("--form", choices=("stored", "dynamic"), default="stored")
    args = p.parse_args()
    folder = pathlib.Path(args.folder)
    model = onnx.load(folder / "f32.onnx")
    if args.form == "dynamic":
        # Products of the heads stay f32: they are small, and pointers and arcs feel every error.
        encoder = ("/query", "/key", "/value", "/dense")
        leave = [n.name for n in model.graph.node if n.op_type == "MatMul" and not n.name.startswith(encoder)]
        piece_table(model)
        onnx.save(model, folder / "table.onnx")
        dynamic(folder / "table.onnx", folder / "dynamic.onnx", leave)
        model = onnx.load(folder / "dynamic.onnx")
        stored(model)
        onnx.save(model, folder / "dynamic.onnx")
        (folder / "table.onnx").unlink()
    else:
        piece_table(model)
        print("matrices stored as int8:", stored(model))
        onnx.save(model, folder / "stored.onnx")
    onnx.checker.check_model(model)
    path = folder / f"{args.form}.onnx"
    print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
