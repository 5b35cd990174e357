"""Dogs, horses and birds."""

from ...shapes import Shape, ball, join, loft, tube
from .draws import Params, named_colour, pick_by_split
from .figure import Figure, Part, Surface

__all__ = ["bird", "dog", "horse"]

_COAT, _DARK, _OTHER = range(3)


def dog(params: Params, colour: str) -> Figure:
    """A dog, 35 to 75 cm at the shoulder."""
    build = pick_by_split(params, "dog_build", ("hound", "terrier", "shepherd"), ("slim", "stout"))
    height = params.range("dog_height", 0.4, 0.78)
    stout = {"hound": 1.0, "terrier": 1.25, "shepherd": 1.1, "slim": 0.75, "stout": 1.5}[build]
    legs = {"terrier": 0.4, "stout": 0.42}.get(build, 0.52) * height
    return _quadruped(params, "dog", colour, height, legs, stout, _dog_head(height))


def horse(params: Params, colour: str) -> Figure:
    """A horse or a pony."""
    height = params.range("horse_height", 1.2, 1.72)
    stout = params.range("horse_girth", 0.9, 1.25)
    return _quadruped(params, "horse", colour, height, 0.52 * height, stout, _horse_head(height))


def _quadruped(
    params: Params, kind: str, colour: str, height: float, leg: float, stout: float, head: Shape
) -> Figure:
    """height: at the shoulder; leg: from the belly's joint to the ground."""
    h, is_dog = height, kind == "dog"
    length = (1.15 if is_dog else 1.2) * h
    deep = 0.19 * h * stout
    body = loft(
        [
            (length * x, 0, deep * z, deep * a, deep * b)
            for x, z, a, b in ((-0.5, 0.1, 0.3, 0.3), (0.5, 0.2, 0.3, 0.3))
        ][:0]
        or [
            (0, 0, length * z, deep * a, deep * b * 0.8)
            for z, a, b in (
                (-0.5, 0.45, 0.5),
                (-0.42, 0.9, 0.95),
                (-0.2, 0.95, 1.0),
                (0.05, 0.95, 1.05),
                (0.3, 1.1, 1.05),
                (0.43, 0.95, 0.9),
                (0.5, 0.5, 0.5),
            )
        ],
        _COAT,
        12,
    )
    # lofted along z, laid down along x
    body = Shape(body.vertices[:, [2, 1, 0]] * (1, 1, 1), body.quads[:, ::-1], body.slots, body.smooth)
    rise = (0.34 if is_dog else 0.5) * h
    neck = tube((0, 0, -0.05 * h), (0.26 * h, 0, rise), 0.14 * h * stout**0.5, 0.085 * h * stout**0.5, _COAT)
    if not is_dog:
        neck = join(
            neck,
            loft(
                [
                    (0.02 * h, 0, 0.12 * h, 0.06 * h, 0.025 * h),
                    (0.2 * h, 0, rise + 0.08 * h, 0.05 * h, 0.025 * h),
                ],
                _OTHER,
            ),
        )
    tail = tube(
        (0, 0, 0),
        (-0.3 * h, 0, 0.22 * h if is_dog else -0.42 * h),
        0.035 * h,
        0.02 * h if is_dog else 0.07 * h,
        _COAT if is_dog else _OTHER,
    )
    parts = [
        Part("body", body, "", (0, 0, h - deep * 0.95)),
        Part("neck", neck, "body", (0.4 * length, 0, 0.03 * h)),
        Part("head", head, "neck", (0.26 * h, 0, rise)),
        Part("tail", tail, "body", (-0.47 * length, 0, 0.08 * h)),
    ]
    top = leg - (h - deep * 0.95)
    thick = (0.055 if is_dog else 0.052) * h * stout**0.5
    for end, x in (("front", 0.36), ("back", -0.38)):
        for side, sign in (("left", 1.0), ("right", -1.0)):
            name = f"{end}_{side}"
            upper = tube((0, 0, 0.06 * h), (0, 0, -0.5 * leg), thick * 1.6, thick * 0.85, _COAT)
            lower = join(
                tube((0, 0, 0), (0, 0, -0.46 * leg), thick * 0.8, thick * 0.6, _COAT),
                ball((thick * 1.1, thick * 0.8, thick * 0.6), (thick * 0.3, 0, -0.47 * leg), _DARK, 8, 6),
            )
            parts.append(Part(f"upper_{name}", upper, "body", (x * length, sign * deep * 0.55, top)))
            parts.append(Part(f"lower_{name}", lower, f"upper_{name}", (0, 0, -0.5 * leg)))
    coat = named_colour(params, "coat", colour)
    darker = (coat[0] * 0.35, coat[1] * 0.35, coat[2] * 0.35)
    patch = params.range("coat_patches", 0.1, 0.5) * height
    surfaces = (
        Surface("fur", coat, darker if colour != "black" else coat, patch),
        Surface("plain", (0.01, 0.01, 0.01)),
        Surface("fur", darker, coat, 0.1),
    )
    head_x = 0.4 * length + 0.26 * h + (0.12 if is_dog else 0.16) * h
    head_z = h - deep * 0.95 + 0.03 * h + rise
    reach = length + 0.35 * h
    return Figure(kind, tuple(parts), surfaces, (reach, 2 * deep, head_z + 0.12 * h), (head_x, 0, head_z))


def _dog_head(h: float) -> Shape:
    pieces = [
        ball((0.15 * h, 0.115 * h, 0.115 * h), (0.03 * h, 0, 0.02 * h), _COAT),
        tube((0.1 * h, 0, -0.015 * h), (0.26 * h, 0, -0.045 * h), 0.07 * h, 0.05 * h, _COAT),
        ball((0.03 * h, 0.032 * h, 0.026 * h), (0.31 * h, 0, -0.02 * h), _DARK, 8, 6),
    ]
    for sign in (1, -1):
        pieces.append(
            ball((0.02 * h, 0.02 * h, 0.02 * h), (0.13 * h, sign * 0.06 * h, 0.06 * h), _DARK, 8, 6)
        )
        pieces.append(
            tube(
                (-0.02 * h, sign * 0.08 * h, 0.09 * h),
                (-0.03 * h, sign * 0.13 * h, -0.04 * h),
                0.045 * h,
                0.03 * h,
                _OTHER,
            )
        )
    return join(*pieces)


def _horse_head(h: float) -> Shape:
    pieces = [
        tube((-0.02 * h, 0, 0.03 * h), (0.26 * h, 0, -0.17 * h), 0.095 * h, 0.055 * h, _COAT),
        ball((0.05 * h, 0.05 * h, 0.04 * h), (0.28 * h, 0, -0.185 * h), _DARK, 8, 6),
    ]
    for sign in (1, -1):
        pieces.append(
            ball((0.016 * h, 0.016 * h, 0.016 * h), (0.08 * h, sign * 0.075 * h, 0.02 * h), _DARK, 8, 6)
        )
        pieces.append(
            tube(
                (-0.04 * h, sign * 0.05 * h, 0.1 * h),
                (-0.04 * h, sign * 0.06 * h, 0.2 * h),
                0.025 * h,
                0.008 * h,
                _COAT,
            )
        )
    return join(*pieces)


def bird(params: Params, colour: str) -> Figure:
    """A bird from dove to stork, on its feet with folded wings; flight poses open them."""
    build = pick_by_split(params, "bird_build", ("gull", "crow"), ("stork", "dove"))
    size = {"gull": 0.42, "crow": 0.36, "stork": 0.8, "dove": 0.3}[build] * params.range(
        "bird_size", 0.9, 1.3
    )
    leg = (0.5 if build == "stork" else 0.14) * size
    lift = leg + 0.2 * size
    body = loft(
        [
            (0, 0, z * size, a * size, a * size * 0.9)
            for z, a in ((-0.45, 0.02), (-0.3, 0.1), (-0.05, 0.18), (0.18, 0.17), (0.33, 0.09))
        ],
        _COAT,
        10,
    )
    body = Shape(body.vertices[:, [2, 1, 0]] * (1, 1, 1), body.quads[:, ::-1], body.slots, body.smooth)
    head = join(
        tube((-0.1 * size, 0, -0.12 * size), (0.02 * size, 0, 0.05 * size), 0.1 * size, 0.08 * size, _COAT),
        ball((0.1 * size, 0.085 * size, 0.09 * size), (0.04 * size, 0, 0.08 * size), _COAT, 10, 8),
        tube((0.12 * size, 0, 0.07 * size), (0.26 * size, 0, 0.05 * size), 0.03 * size, 0.008 * size, _OTHER),
        *(
            ball((0.018 * size,) * 3, (0.09 * size, s * 0.07 * size, 0.1 * size), _DARK, 6, 4)
            for s in (1, -1)
        ),
    )
    tail = loft(
        [
            (-0.05 * size, 0, 0.0, 0.12 * size, 0.05 * size),
            (-0.05 * size, 0, 0.01 * size, 0.12 * size, 0.05 * size),
        ],
        _COAT,
    )
    tail = tail.moved((-0.12 * size, 0, 0), (1.5, 1.6, 1))
    parts = [
        Part("body", body, "", (0, 0, lift)),
        Part("head", head, "body", (0.3 * size, 0, 0.1 * size)),
        Part("tail", tail, "body", (-0.38 * size, 0, 0.02 * size)),
    ]
    for side, sign in (("left", 1.0), ("right", -1.0)):
        inner = _wing(0.36 * size, 0.26 * size, sign, _COAT)
        outer = _wing(0.46 * size, 0.2 * size, sign, _DARK if build == "gull" else _COAT)
        parts.append(Part(f"wing_{side}", inner, "body", (0.05 * size, sign * 0.12 * size, 0.1 * size)))
        parts.append(Part(f"tip_{side}", outer, f"wing_{side}", (0, sign * 0.35 * size, 0)))
        shank = tube((0, 0, 0), (0, 0, -leg), 0.014 * size, slot=_OTHER, segments=6)
        toes = ball((0.06 * size, 0.03 * size, 0.012 * size), (0.03 * size, 0, -leg), _OTHER, 6, 4)
        parts.append(Part(f"leg_{side}", join(shank, toes), "body", (0, sign * 0.07 * size, -0.17 * size)))
    coat = named_colour(params, "feathers", colour)
    surfaces = (
        Surface("fur", coat, (coat[0] * 0.6, coat[1] * 0.6, coat[2] * 0.6), 0.05),
        Surface("plain", (0.012, 0.012, 0.012)),
        Surface("plain", (0.75, 0.3, 0.03)),
    )
    return Figure(
        "bird",
        tuple(parts),
        surfaces,
        (size, 0.4 * size, lift + 0.3 * size),
        (0.3 * size, 0, lift + 0.15 * size),
        {"build": build},
    )


def _wing(length: float, width: float, sign: float, slot: int) -> Shape:
    """A flat feathered arm, from the joint outwards along y."""
    plate = loft(
        [
            (0, 0, 0, width / 2, 0.02 * width),
            (-0.15 * width, 0, length * 0.6, width * 0.5, 0.02 * width),
            (-0.3 * width, 0, length, width * 0.25, 0.01 * width),
        ],
        slot,
        10,
    )
    turned = plate.vertices[:, [0, 2, 1]] * (1, sign, 1)
    return Shape(turned, plate.quads if sign < 0 else plate.quads[:, ::-1], plate.slots, plate.smooth)
