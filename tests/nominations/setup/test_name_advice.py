import pytest

from nominations.setup.name_advice import name_advice


def tones(name):
    return [(advice.word, advice.tone.value) for advice in name_advice(name)]


@pytest.mark.parametrize("word", ["Impact", "excellence", "INNOVATION", "Achievements", "Results"])
def test_a_word_for_an_outcome_is_praised(word):
    assert tones(f"Customer {word} Awards 2027") == [(word, "praise")]


@pytest.mark.parametrize("word", ["Heroes", "Champion", "champions", "Stars", "Gold", "ELITE", "Families"])
def test_a_word_for_a_relationship_or_a_rank_is_questioned(word):
    assert tones(f"The {word} Awards") == [(word, "question")]


def test_praise_and_question_stand_beside_each_other_in_the_order_of_the_name():
    assert tones("Gold Impact Heroes") == [("Gold", "question"), ("Impact", "praise"), ("Heroes", "question")]


def test_a_word_inside_another_says_nothing():
    assert tones("Goldman Starlight Championship") == [("", "hint")]


def test_a_name_without_such_words_gets_an_idea_and_no_name_gets_nothing():
    assert tones("Customer Awards") == [("", "hint")]
    assert name_advice("  ") == []
