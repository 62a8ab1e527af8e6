"""Simple outlines, in the box of 100 by 100 that figures are drawn in."""

from sandbox.spark.painter.canvas import oval


def box(left: float, top: float, right: float, bottom: float) -> str:
    """Outline a rectangle."""
    return f"M {left} {top} L {right} {top} L {right} {bottom} L {left} {bottom} Z"


def taper(centre: float, top: float, bottom: float, upper: float, lower: float) -> str:
    """Outline a trapezium by its middle and its half widths at the top and at the bottom."""
    return (
        f"M {centre - upper} {top} L {centre + upper} {top} "
        f"L {centre + lower} {bottom} L {centre - lower} {bottom} Z"
    )


def gable(left: float, right: float, eaves: float, tip: float) -> str:
    """Outline a triangle on its base."""
    return f"M {left} {eaves} L {(left + right) / 2} {tip} L {right} {eaves} Z"


def disc(x: float, y: float, across: float, down: float | None = None) -> str:
    """Outline a circle or an ellipse by its radii."""
    points = oval((x, y), across, across if down is None else down)
    return "M " + " L ".join(f"{a:.2f} {b:.2f}" for a, b in points)


def arch(left: float, right: float, top: float, bottom: float) -> str:
    """Outline a window or a gate with a round head."""
    half = (right - left) / 2
    middle = top + half
    return (
        f"M {left} {bottom} L {left} {middle} C {left} {middle - half * 1.3} {right} {middle - half * 1.3} "
        f"{right} {middle} L {right} {bottom} Z"
    )
