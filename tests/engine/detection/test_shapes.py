from hypothesis import given
from hypothesis import strategies as st

from stockwarden.detection.shapes import commonest_shapes


def test_letters_and_digits_become_signs_and_the_commonest_come_first():
    codes = ["001A", "A-12-03", "B-01-77", "Ñ-1٢-00", "C/1"]
    assert commonest_shapes(codes, 2) == [("A-99-99", 3, "A-12-03"), ("999A", 1, "001A")]
    assert commonest_shapes([], 3) == []


@given(st.lists(st.text(st.sampled_from("aZ9- \n٣"), max_size=4)))
def test_every_code_has_one_shape(codes):
    shapes = commonest_shapes(codes, len(codes))
    assert sum(shape.codes for shape in shapes) == len(codes)
    assert all(shape.example in codes for shape in shapes)
