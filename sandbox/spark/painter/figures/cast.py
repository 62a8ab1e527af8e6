"""Every figure by the name that a prompt's reading gives it."""

import random

from sandbox.spark.painter.figures import Parts, animals, buildings, people, things
from sandbox.spark.painter.reading import Scene


def parts_of(scene: Scene, rng: random.Random) -> Parts:
    """Draw the figure that a scene asks for; nothing where it asks for none."""
    accent = scene.accent
    match scene.subject:
        case "fox":
            return animals.fox(accent)
        case "wolf":
            return animals.wolf(accent)
        case "cat":
            return animals.cat(accent)
        case "owl":
            return animals.owl(accent)
        case "deer":
            return animals.deer(accent)
        case "bird":
            return animals.bird(accent)
        case "lighthouse":
            return buildings.lighthouse(accent)
        case "castle":
            return buildings.castle(accent)
        case "house":
            return buildings.house(accent, snow=scene.snow)
        case "boat":
            return things.boat(accent)
        case "robot":
            return things.robot(accent)
        case "rocket":
            return things.rocket(accent)
        case "balloon":
            return things.balloon(accent)
        case "flower":
            return things.flower(accent)
        case "tree":
            return things.tree(accent, snow=scene.snow)
        case "person":
            return people.person(rng.randrange(450), accent, woman=scene.woman)
        case _:
            return []
