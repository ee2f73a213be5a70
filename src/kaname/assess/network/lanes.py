"""Eight numbers at a time, for compiled loops: a register of the processor as a value of Numba.

The compiler does not find by itself that a loop over the lanes of a scenario is one instruction; here it is told. Rows
are rows of an array made by `rows`, which begin at a line of cache. A product is rounded before it is added, on every
processor: results do not depend on the machine.
"""
# mypy: ignore-errors
# Types of the compiler, not of Python.

import numba
import numpy as np
from llvmlite import ir
from numba.core import types
from numba.core.datamodel.models import PrimitiveModel
from numba.core.datamodel.registry import register_default
from numba.extending import intrinsic

LANES = 16
_ROW = ir.VectorType(ir.DoubleType(), LANES)


class Lanes(types.Type):
    """A row in a register."""

    def __init__(self):
        super().__init__(name=f"lanes({LANES})")


LANES_TYPE = Lanes()


@register_default(Lanes)
class _Model(PrimitiveModel):
    def __init__(self, manager, kind):
        super().__init__(manager, kind, _ROW)


def _of_row(context, builder, array, array_type, row):
    data = context.make_array(array_type)(context, builder, array).data
    first = builder.mul(row, ir.Constant(row.type, LANES))
    return builder.bitcast(builder.gep(data, [first]), ir.PointerType(_ROW))


def _splat(builder, number):
    one = builder.insert_element(ir.Constant(_ROW, ir.Undefined), number, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(one, one, ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES))


@intrinsic
def load(typing, array, row):
    def build(context, builder, signature, args):
        array_type, row_type = signature.args
        row = context.cast(builder, args[1], row_type, types.int64)
        return builder.load(_of_row(context, builder, args[0], array_type, row), align=8)

    return LANES_TYPE(array, row), build


@intrinsic
def store(typing, array, row, value):
    def build(context, builder, signature, args):
        array_type, row_type, _ = signature.args
        row = context.cast(builder, args[1], row_type, types.int64)
        builder.store(args[2], _of_row(context, builder, args[0], array_type, row), align=8)
        return context.get_dummy_value()

    return types.void(array, row, value), build


@intrinsic
def all_lanes(typing, number):
    """The same number in every lane."""

    def build(context, builder, signature, args):
        return _splat(builder, args[0])

    return LANES_TYPE(types.float64), build


def _two(combine):
    def typed(typing, a, b):
        def build(context, builder, signature, args):
            return combine(builder, *args)

        return LANES_TYPE(LANES_TYPE, LANES_TYPE), build

    return intrinsic(typed)


def _greater(builder, a, b):
    return builder.fcmp_ordered(">", a, b)


plus = _two(lambda builder, a, b: builder.fadd(a, b))
minus = _two(lambda builder, a, b: builder.fsub(a, b))
times = _two(lambda builder, a, b: builder.fmul(a, b))
over = _two(lambda builder, a, b: builder.fdiv(a, b))
larger = _two(lambda builder, a, b: builder.select(_greater(builder, a, b), a, b))
smaller = _two(lambda builder, a, b: builder.select(_greater(builder, b, a), a, b))


@intrinsic
def where_above(typing, a, b, then, otherwise):
    """`then` in the lanes in which a is greater than b, else `otherwise`."""

    def build(context, builder, signature, args):
        return builder.select(_greater(builder, args[0], args[1]), args[2], args[3])

    return LANES_TYPE(LANES_TYPE, LANES_TYPE, LANES_TYPE, LANES_TYPE), build


@intrinsic
def any_above(typing, a, b):
    """Whether a is greater than b in some lane."""

    def build(context, builder, signature, args):
        bits = builder.bitcast(_greater(builder, *args), ir.IntType(LANES))
        return builder.icmp_unsigned("!=", bits, ir.Constant(ir.IntType(LANES), 0))

    return types.boolean(LANES_TYPE, LANES_TYPE), build


@numba.njit(nogil=True, cache=True)
def rows(count):
    """So many rows of nothing, each on a line of cache."""
    raw = np.zeros((count + 1) * LANES)
    skip = (-raw.ctypes.data % (8 * LANES)) // 8
    return raw[skip : skip + count * LANES].reshape(count, LANES)
