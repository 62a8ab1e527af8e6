import pytest

from spark import CODES, MODELS, ErrorCode, explain_code, normalize_code

USER, OPERATOR, SPARK = "user", "operator", "spark"
PAGES = {
    "spark_t2i_3_0": {
        "003001001": USER,  # Missing prompt
        "003001002": USER,  # Invalid prompt length (1-800 characters)
        "003001003": USER,  # Invalid use_pre_llm parameter
        "003001004": USER,  # Invalid seed parameter (must be -1 or positive integer)
        "003001005": USER,  # Invalid size parameter
        "003001006": USER,  # Invalid aspect ratio (must be between 1:3 and 3:1)
        "003001007": USER,  # Width and height must both be provided
        "003001008": USER,  # Width and height must be integers
        "003001009": USER,  # Width and height must be in 512-2048 range
        "003001095": SPARK,  # Internal generation error
        "003001096": SPARK,  # Result parsing error
        "003001097": SPARK,  # HTTP error response
        "003001098": SPARK,  # Status check error
        "003001099": SPARK,  # Task creation error
    },
    "spark_i2i_3_0": {
        "003003001": USER,  # Prompt missing
        "003003002": USER,  # Invalid prompt length
        "003003003": USER,  # Image missing
        "003003004": USER,  # Invalid image count
        "003003005": USER,  # Invalid seed
        "003003006": USER,  # Invalid scale factor
        "003003007": USER,  # Invalid dimensions
        "003003008": USER,  # Image source conflict
        "003003009": USER,  # Invalid image array
        "003003095": SPARK,  # Internal generation error
        "003003096": SPARK,  # Result parsing error
        "003003097": SPARK,  # HTTP error response
        "003003098": SPARK,  # Status check error
        "003003099": SPARK,  # Task creation error
    },
    "spark_edit_3_0": {
        "3007001": USER,  # Missing prompt
        "3007002": USER,  # Missing image
        "3007003": USER,  # Invalid image format
        "3007004": USER,  # Invalid prompt length
        "3007005": USER,  # Invalid image size
        "3007006": USER,  # Invalid parameter
        "3007007": OPERATOR,  # Authentication failed
        "3007008": USER,  # Invalid image array
        "3007009": USER,  # Invalid image element
        "3007095": SPARK,  # Internal generation error
        "3007096": SPARK,  # Result parsing error
        "3007097": SPARK,  # HTTP error response
        "3007098": SPARK,  # Status check error
        "3007099": SPARK,  # Service unavailable
    },
    "spark_style_template": {
        "003008001": USER,  # Missing req_key
        "003008002": USER,  # Invalid req_key
        "003008003": USER,  # Invalid sub_req_key
        "003008004": USER,  # Missing image
        "003008005": USER,  # Invalid image count
        "003008095": SPARK,  # Internal generation error
        "003008096": SPARK,  # Result parsing error
        "003008097": SPARK,  # HTTP error response
        "003008098": SPARK,  # Status check error
        "003008099": SPARK,  # Task creation error / Service unavailable
    },
    "spark_edit_portrait": {
        "0": SPARK,  # No error
        "003010001": USER,  # Missing image input
        "003010002": USER,  # Invalid parameter
        "003010003": USER,  # Invalid image format, only JPG/JPEG/PNG supported
        "003010095": SPARK,  # Internal generation error
        "003010096": SPARK,  # Result parsing error
        "003010097": SPARK,  # HTTP error response
        "003010098": SPARK,  # Status check error
        "003010099": SPARK,  # Task creation error
    },
}
ROWS = [(model, code, whose) for model, rows in PAGES.items() for code, whose in rows.items()]


@pytest.mark.parametrize(("model", "code", "whose"), ROWS)
def test_every_code_of_the_pages_is_explained(model: str, code: str, whose: str) -> None:
    entry = CODES[code.zfill(9)]
    assert (entry.code, entry.model, entry.whose) == (code.zfill(9), model, whose)
    assert entry.retryable is (whose == SPARK and code != "0")
    for sentence in (entry.meaning, entry.advice):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert code not in sentence


@pytest.mark.parametrize(
    ("code", "changeable"),
    [
        ("003001095", "the words"),
        ("003003095", "the words or the picture"),
        ("003007095", "the words or the picture"),
        ("003008095", "the style or the picture"),
        ("003010095", "the words or the picture"),
    ],
)
def test_the_advice_speaks_of_what_the_model_was_given(code: str, changeable: str) -> None:
    assert CODES[code].advice == f"Try again; if it fails again, change {changeable}."


@pytest.mark.parametrize("entry", CODES.values(), ids=lambda entry: entry.code)
def test_what_people_read_does_not_speak_of_the_api(entry: ErrorCode) -> None:
    said = f"{entry.meaning} {entry.advice}"
    for word in ("-1", "HTTP", "array", "list of pictures", "parameter", "switch", "_", "task"):
        assert word not in said, word


def test_no_code_is_explained_that_no_page_has() -> None:
    assert set(CODES) == {code.zfill(9) for _, code, _ in ROWS}
    assert {entry.model for entry in CODES.values()} == set(MODELS)


def test_every_meaning_is_its_own() -> None:
    assert len({entry.meaning for entry in CODES.values()}) == len(CODES)


@pytest.mark.parametrize("written", ["003001001", "3001001", 3001001, " 3001001 "])
def test_a_code_is_the_same_however_it_is_written(written: str | int) -> None:
    assert normalize_code(written) == "003001001"
    assert explain_code(written) is CODES["003001001"]


def test_an_unknown_code_is_told_honestly() -> None:
    entry = explain_code(3001050, "spark_t2i_3_0")
    assert (entry.code, entry.model) == ("003001050", "spark_t2i_3_0")
    assert "003001050" in entry.meaning


@pytest.mark.parametrize("code", [None, 0, "0", "000"])
def test_no_code_is_told_honestly(code: str | int | None) -> None:
    assert explain_code(code).meaning == "Spark failed and gave no reason."


def test_a_code_that_is_no_number_stays_as_it_is() -> None:
    assert normalize_code("E_BALANCE") == "E_BALANCE"
    assert "E_BALANCE" in explain_code("E_BALANCE").meaning
