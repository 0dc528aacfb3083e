"""Simulation: worlds with a known truth, to see how well the estimate finds it."""

from garrison.estimation.simulation.families import FAMILIES, Family
from garrison.estimation.simulation.world import World, made_world

__all__ = ["FAMILIES", "Family", "World", "made_world"]
