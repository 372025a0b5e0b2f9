"""The words for event types."""

from __future__ import annotations

from geo.event_types import event_labels


def test_every_type_has_a_word_of_its_own() -> None:
    labels = event_labels()
    assert labels["shelling"] == "Shelling"
    assert len(set(labels.values())) == len(labels)


def test_a_language_without_words_gets_english_ones() -> None:
    assert event_labels("fr")["shelling"] == "Bombardement"
    assert event_labels("xx") == event_labels("en")
