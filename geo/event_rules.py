"""Event rules: what a clause must hold to tell of an event of a type."""

from __future__ import annotations

__all__ = ["RULES"]

# What a clause must hold for a type, first match wins. Every entry names signals that must all be there;
# the first of them marks the place of the event in the text.
RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("prisoner_exchange", ("prisoner_exchange",)),
    ("ceasefire_violation", ("breach", "truce")),
    ("aircraft_shot_down", ("aircraft_shot_down",)),
    ("aircraft_shot_down", ("downing", "aircraft")),
    ("withdrawal", ("withdrawal",)),
    ("capture", ("capture",)),
    ("attack_on_civilians", ("attack_on_civilians",)),
    ("drone_strike", ("drone_strike",)),
    ("drone_strike", ("impact", "weapon_drone")),
    ("drone_strike", ("shelling", "weapon_drone")),
    ("missile_strike", ("missile_strike",)),
    ("missile_strike", ("impact", "weapon_missile")),
    ("air_strike", ("air_strike",)),
    ("air_strike", ("shelling", "weapon_air")),
    ("shelling", ("shelling",)),
    ("shelling", ("impact", "weapon_artillery")),
    ("air_strike", ("impact", "weapon_air")),
    ("drone_strike", ("clash_weak", "weapon_drone")),
    ("missile_strike", ("clash_weak", "weapon_missile")),
    ("air_strike", ("clash_weak", "weapon_air")),
    ("casualties", ("casualties",)),
    ("drone_strike", ("weapon_drone", "victims")),
    ("abduction", ("abduction",)),
    ("ground_clash", ("ground_clash",)),
    ("ceasefire", ("truce", "truce_start")),
    ("aircraft_shot_down", ("destroy", "aircraft")),
    ("capture", ("capture_weak",)),
    ("missile_strike", ("weapon_missile",)),
    ("shelling", ("weapon_artillery", "victims")),
    ("shelling", ("impact",)),
    ("shelling", ("weapon_artillery",)),
    ("ground_clash", ("clash_weak",)),
    ("capture", ("listing",)),
    ("aircraft_shot_down", ("downing",)),
    ("withdrawal", ("withdrawal_weak",)),
)
