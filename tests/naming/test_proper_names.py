import pytest

from garrison.naming.letters import sorted_out
from garrison.naming.proper_names import proper_names


def names(text: str) -> list[str]:
    return [span.of(text) for span in proper_names(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("troops left Deir ez-Zor for al-Tanf", ["Deir ez-Zor", "al-Tanf"]),
        ("from Évreux to Şanlıurfa and Жуковка", ["Évreux", "Şanlıurfa", "Жуковка"]),
        ("at Base 201, near base 7 and Camp 1234", ["Base 201", "base 7", "Camp"]),
        ("in St. Petersburg and Ft. Bragg", ["St. Petersburg", "Ft. Bragg"]),
        ("Syria’s Idlib", ["Syria", "Idlib"]),
        ("the Gulf of Aden and ‘Ayn al-Asad", ["Gulf of Aden", "‘Ayn al-Asad"]),
    ],
)
def test_runs_of_capitalised_words_are_names_in_any_script(text, found):
    assert names(text) == found


@pytest.mark.parametrize("parts", [59, 60, 61, 62, 121, 122, 500])
def test_a_name_of_however_many_words_is_one(parts):
    text = "Ab " * parts + "cd Ef"
    assert names(text) == [("Ab " * parts).strip(), "Ef"]


def test_each_character_has_one_stand_in_of_its_sort():
    text = "Ab Éé Жж ²٣ e\u0301 ‘’‐ “”—"
    assert sorted_out(text) == "Ab Àà Àà ²² e\u0300 ‘’‐ “”—"
